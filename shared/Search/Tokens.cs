using System.Text;
using Crm.Ports;

namespace Crm.Search;

/// <summary>What an entry is found by.</summary>
public static class Tokens
{
    /// <summary>Distinct tokens of one entry; what comes later in the order of the fields is left out.</summary>
    public const int Most = 400;

    private const int MostText = 20_000;

    private const int LongestPhone = 20;

    /// <summary>Distinct, each with the first field that holds it.</summary>
    public static IReadOnlyList<Placed> Of(IEnumerable<SearchText> texts)
    {
        var found = new Dictionary<Token, SearchField>();
        foreach (var text in texts.OrderBy(t => t.Field))
        {
            var raw = text.Text.Length > MostText ? text.Text[..MostText] : text.Text;
            foreach (var spelling in new[] { Folding.Plain(raw), Folding.SpelledOut(raw) }.Distinct())
            {
                foreach (var token in text.Field == SearchField.Phone ? OfPhone(spelling) : OfText(spelling))
                {
                    if (found.Count == Most) return Listed(found);
                    found.TryAdd(token with { Word = Keys.Cut(token.Word) }, text.Field);
                }
            }
        }
        return Listed(found);
    }

    /// <summary>The parts between blanks.</summary>
    public static string[] Chunks(string folded) => folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Words and grams of a piece of text.</summary>
    /// <param name="sought">As a query wants them: only what must be there. Otherwise all by which it may be found.</param>
    public static IEnumerable<Token> Words(string chunk, bool sought)
    {
        foreach (var run in Run.In(chunk))
        {
            if (run.IsSpaceless)
            {
                foreach (var gram in Grams([.. run.Parts.SelectMany(p => p)], sought)) yield return new Token(TokenKind.Gram, gram);
                continue;
            }
            yield return new Token(TokenKind.Word, run.Whole);
            if (sought || run.Parts.Count == 1) continue;
            foreach (var part in run.Parts.Where(p => p.Count >= Letters.ShortestBeginning)) yield return new Token(TokenKind.Word, string.Concat(part));
        }
    }

    private static List<Placed> Listed(Dictionary<Token, SearchField> found) => [.. found.Select(f => new Placed(f.Value, f.Key))];

    private static IEnumerable<Token> OfPhone(string folded)
    {
        var digits = string.Concat(folded.Where(char.IsAsciiDigit));
        if (digits.Length is < Keys.PhoneGram or > LongestPhone) yield break;
        yield return new Token(TokenKind.Phone, digits);
        yield return new Token(TokenKind.PhoneReversed, Letters.Reversed(digits));
    }

    private static IEnumerable<Token> OfText(string folded) => Chunks(folded).SelectMany(chunk => MailAddress.Parse(chunk) is { } address
        ? [new Token(TokenKind.Address, address.Whole), .. address.Domains.Select(d => new Token(TokenKind.Domain, d)), .. Words(address.Local, sought: false)]
        : Words(chunk, sought: false));

    private static IEnumerable<string> Grams(List<Rune> run, bool sought)
    {
        for (var i = 0; i + 1 < run.Count; i++) yield return $"{run[i]}{run[i + 1]}";
        // A character alone is found as the beginning of its pair; the last one begins none.
        if (!sought || run.Count == 1) yield return run[^1].ToString();
    }
}
