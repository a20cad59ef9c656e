using Crm.Ports;
using Crm.Search;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Search;

/// <summary>The pure half: what a text is found by, whoever keeps it.</summary>
public sealed class TokensTests
{
    private static readonly Config s_often = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    private static readonly Gen<char> s_letter = Gen.Frequency((8, Gen.Elements("abcdeghilmnorstuvz".ToCharArray())), (2, Gen.Elements("äöüéßøåçñłабвгжω".ToCharArray())));

    private static Gen<string> Word(int shortest) => Gen.Choose(shortest, 14).SelectMany(n => s_letter.ArrayOf(n)).Select(c => new string(c));

    [Fact]
    public void A_text_is_found_by_each_of_its_words() =>
        Prop.ForAll(Word(1).ArrayOf().ToArbitrary(), words => words.All(w => Finds(string.Join(' ', words), w))).Check(s_often);

    [Fact]
    public void A_word_is_found_by_each_beginning_of_two_letters_or_more() =>
        Prop.ForAll(Word(2).ToArbitrary(), word => Enumerable.Range(2, word.Length - 1).All(n => Finds($"x {word} y", word[..n]))).Check(s_often);

    [Fact]
    public void A_word_of_four_letters_or_more_is_found_with_any_one_typing_error() =>
        Prop.ForAll(Gen.Choose(4, 14).SelectMany(n => Gen.Elements("abcdeilmnorst".ToCharArray()).ArrayOf(n)).Select(c => new string(c)).ToArbitrary(),
            Gen.Choose(0, 1000).ToArbitrary(), Gen.Elements("abcdeilmnorstxyz".ToCharArray()).ToArbitrary(), (word, at, letter) =>
            {
                var i = at % word.Length;
                var j = at % (word.Length - 1);
                string[] typed =
                [
                    word.Remove(i, 1),
                    word.Insert(at % (word.Length + 1), $"{letter}"),
                    word.Remove(i, 1).Insert(i, $"{letter}"),
                    word.Remove(j, 2).Insert(j, $"{word[j + 1]}{word[j]}"),
                ];
                return typed.All(t => Finds(word, t));
            }).Check(s_often);

    [Fact]
    public void Any_text_at_all_can_be_kept_and_asked_for() =>
        Prop.ForAll(Gen.OneOf(Gen.Choose(0, 0xffff).Select(c => $"{(char)c}"), Gen.Elements("anna", " ", "@", ".", "王伟", "\ud83d", "\ude00", "é", "+49")).ArrayOf().Select(string.Concat).ToArbitrary(), text =>
        {
            var tokens = Tokens.Of([new SearchText(SearchField.Notes, text)]);
            return tokens.All(t => t.Token.Word.Length > 0 && Placed.Parse(t.Text) == t) && Reading.Of(text).All(r => r.Count is > 0 and <= Reading.MostWords);
        }).Check(s_often);

    [Fact]
    public void Typing_errors_are_those_that_the_distance_of_Damerau_counts_as_one() =>
        Prop.ForAll(Gen.Elements("ab王".ToCharArray()).ArrayOf().Select(c => new string(c)).ToArbitrary(), Gen.Elements("ab王".ToCharArray()).ArrayOf().Select(c => new string(c)).ToArbitrary(), (one, other) =>
        {
            var (a, b) = (one.Length > 6 ? one[..6] : one, other.Length > 6 ? other[..6] : other);
            return TypingError.Between(a, b) == (Distance(a, b) == 1);
        }).Check(s_often);

    [Fact]
    public void Notes_bring_no_more_than_four_hundred_tokens_and_push_out_no_name()
    {
        var notes = string.Join(' ', Enumerable.Range(0, 3_000).Select(n => $"word{n}"));
        var tokens = Tokens.Of([new SearchText(SearchField.Notes, notes), new SearchText(SearchField.Name, "Anna")]);
        Assert.Equal(Tokens.Most, tokens.Count);
        Assert.Contains(new Placed(SearchField.Name, new Token(TokenKind.Word, "anna")), tokens);
    }

    [Fact]
    public void A_word_in_two_fields_is_the_better_ones()
    {
        var tokens = Tokens.Of([new SearchText(SearchField.Notes, "anna"), new SearchText(SearchField.Name, "Anna")]);
        Assert.Equal([new Placed(SearchField.Name, new Token(TokenKind.Word, "anna"))], tokens);
    }

    private static bool Finds(string text, string query)
    {
        var tokens = Tokens.Of([new SearchText(SearchField.Name, text)]);
        return Reading.Of(query).Any(reading => Ranking.Of("a", tokens, reading) is not null);
    }

    /// <summary>Optimal string alignment, by the book.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }
                d[i, j] = new[] { d[i - 1, j] + 1, d[i, j - 1] + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1) }.Min();
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
