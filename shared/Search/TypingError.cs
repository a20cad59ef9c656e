using System.Text;

namespace Crm.Search;

/// <summary>One insertion, deletion or substitution of a letter, or two neighbours swapped (Damerau 1964).</summary>
public static class TypingError
{
    /// <summary>Words with fewer letters are not looked for with an error.</summary>
    public const int ShortestWord = 4;

    public const int LongestWord = 40;

    /// <summary>Exactly one such error lies between the two; false for equal ones.</summary>
    public static bool Between(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 2) return false;
        ReadOnlySpan<Rune> a = Letters.Of(one);
        ReadOnlySpan<Rune> b = Letters.Of(other);
        var same = a.CommonPrefixLength(b);
        a = a[same..];
        b = b[same..];
        while (a.Length > 0 && b.Length > 0 && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }
        return (a.Length, b.Length) switch
        {
            (1, 1) or (0, 1) or (1, 0) => true,
            (2, 2) => a[0] == b[1] && a[1] == b[0],
            _ => false,
        };
    }

    /// <summary>A word that may have been meant by something mistyped.</summary>
    public static bool CanHide(Token token) =>
        token.Kind == TokenKind.Word && !Letters.IsDigits(token.Word) && Letters.Count(token.Word) is >= ShortestWord and <= LongestWord;
}
