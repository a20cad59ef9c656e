namespace Crm.Search;

/// <summary>
/// What a typed text may ask for. Addresses and phone numbers are first taken whole; when that finds nothing, as the words they are
/// made of.
/// </summary>
public static class Reading
{
    /// <summary>Words of one query that count.</summary>
    public const int MostWords = 8;

    private const int MostText = 2_000;

    /// <summary>One or two readings, the likelier first; none when there is nothing to look for.</summary>
    public static IReadOnlyList<IReadOnlyList<Wanted>> Of(string text)
    {
        var raw = text.Length > MostText ? text[..MostText] : text;
        var (plain, spelledOut) = (Tokens.Chunks(Folding.Plain(raw)), Tokens.Chunks(Folding.SpelledOut(raw)));
        var whole = Limited(Whole(plain, spelledOut));
        var parts = Limited(plain.Zip(spelledOut).SelectMany(c => Words(c.First, c.Second)));
        if (whole.Count == 0) return parts.Count == 0 ? [] : [parts];
        return Same(whole, parts) || parts.Count == 0 ? [whole] : [whole, parts];
    }

    private static List<Wanted> Limited(IEnumerable<Wanted> wanted) => [.. wanted.Take(MostWords)];

    private static bool Same(List<Wanted> one, List<Wanted> other) =>
        one.Count == other.Count && one.Zip(other).All(p => p.First.Tokens.SequenceEqual(p.Second.Tokens));

    private static IEnumerable<Wanted> Whole(string[] plain, string[] spelledOut)
    {
        for (var i = 0; i < plain.Length; i++)
        {
            if (IsNumber(plain[i]))
            {
                // A phone number is often typed in groups.
                var first = i;
                while (i + 1 < plain.Length && IsOfNumber(plain[i + 1])) i++;
                yield return Number(string.Concat(plain[first..(i + 1)].SelectMany(c => c).Where(char.IsAsciiDigit)));
                continue;
            }
            if (Address(plain[i]) is { } address) yield return address;
            else foreach (var word in Words(plain[i], spelledOut[i])) yield return word;
        }
    }

    /// <summary>An address or a domain, or the beginning of one.</summary>
    private static Wanted? Address(string chunk)
    {
        var text = MailAddress.Trimmed(chunk);
        if (text.Length < 3) return null;
        if (text[0] == '@') return new Wanted([new Token(TokenKind.Domain, Keys.Cut(text[1..]))], null);
        if (text.Contains('@', StringComparison.Ordinal)) return new Wanted([new Token(TokenKind.Address, Keys.Cut(text))], null);
        if (!text.Contains('.', StringComparison.Ordinal)) return null;
        return new Wanted([new Token(TokenKind.Address, Keys.Cut(text)), new Token(TokenKind.Domain, Keys.Cut(text))], null);
    }

    private static IEnumerable<Wanted> Words(string plain, string spelledOut)
    {
        var others = Tokens.Words(spelledOut, sought: true).ToList();
        foreach (var (token, i) in Tokens.Words(plain, sought: true).Select((t, i) => (t with { Word = Keys.Cut(t.Word) }, i)))
        {
            if (token.Kind == TokenKind.Gram) yield return new Wanted([token], null);
            else if (Letters.IsDigits(token.Word)) yield return Number(token.Word);
            else yield return Word(token, i < others.Count ? others[i] with { Word = Keys.Cut(others[i].Word) } : token);
        }
    }

    private static Wanted Word(Token token, Token otherSpelling)
    {
        // The name of a domain is also looked for: "example" finds ann@example.org.
        Token[] tokens = [token, otherSpelling, token with { Kind = TokenKind.Domain }];
        // A letter left out of a word of four leaves three.
        var letters = Letters.Count(token.Word);
        var mayHideAnother = letters is >= TypingError.ShortestWord - 1 and <= TypingError.LongestWord + 1;
        return new Wanted([.. tokens.Distinct().Where(t => t.Kind != TokenKind.Domain || Wanted.TakesLonger(t))], mayHideAnother ? token.Word : null);
    }

    private static Wanted Number(string digits)
    {
        List<Token> tokens = [new(TokenKind.Word, Keys.Cut(digits))];
        // 0049 is +49, and a 0 before the area code is not part of the international number.
        var national = digits.TrimStart('0');
        if (national.Length >= Keys.PhoneGram)
        {
            tokens.Add(new Token(TokenKind.Phone, Keys.Cut(national)));
            tokens.Add(new Token(TokenKind.PhoneReversed, Keys.Cut(Letters.Reversed(national))));
        }
        if (national.Length < digits.Length && digits.Length >= Keys.PhoneGram) tokens.Add(new Token(TokenKind.PhoneReversed, Keys.Cut(Letters.Reversed(digits))));
        return new Wanted(tokens, null);
    }

    private static bool IsNumber(string chunk) => chunk.Any(char.IsAsciiDigit) && IsOfNumber(chunk);

    private static bool IsOfNumber(string chunk) => chunk.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '(' or ')' or '/' or '.');
}
