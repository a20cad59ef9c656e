using System.Globalization;
using System.Text;

namespace Crm.Search;

/// <summary>Texts as they are compared: without case, diacritics, width, vowel points and invisible characters.</summary>
public static class Folding
{
    private const int Diaeresis = 0x0308;
    private const int Ring = 0x030A;

    /// <summary>The plain spelling: <c>Müller</c> is <c>muller</c>, <c>Groß</c> is <c>gross</c>. What is no Unicode becomes a separator.</summary>
    public static string Plain(string text) => Fold(text, spelledOut: false);

    /// <summary>The spelling for typewriters without the letter: <c>Müller</c> is <c>mueller</c>, <c>Ørsted</c> is <c>oersted</c>.</summary>
    public static string SpelledOut(string text) => Fold(text, spelledOut: true);

    private static string Fold(string text, bool spelledOut)
    {
        var folded = new StringBuilder(text.Length);
        var before = 0;
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsDropped(rune))
            {
                if (spelledOut) folded.Append(Added(before, rune.Value));
                continue;
            }
            var lower = Rune.ToLowerInvariant(rune);
            before = lower.Value;
            Append(folded, lower, spelledOut);
        }
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Unpaired surrogates and noncharacters, which cannot be normalized, become U+FFFD, a separator.</summary>
    private static string WellFormed(string text)
    {
        var runes = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) runes.Append((rune.Value & 0xFFFE) == 0xFFFE ? Rune.ReplacementChar : rune);
        return runes.ToString();
    }

    /// <summary>Accents, Hebrew points, Arabic vowels and the tatweel, and all that only formats; but no vowel of India or Thailand.</summary>
    private static bool IsDropped(Rune rune) => rune.Value switch
    {
        >= 0x0300 and <= 0x036F => true,
        >= 0x0591 and <= 0x05BD or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4 or 0x05C5 or 0x05C7 => true,
        >= 0x0610 and <= 0x061A or 0x0640 or >= 0x064B and <= 0x065F or 0x0670 or >= 0x06D6 and <= 0x06DC or >= 0x06DF and <= 0x06E4 => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.EnclosingMark,
    };

    private static string Added(int letter, int mark) => (letter, mark) switch
    {
        ('a' or 'o' or 'u', Diaeresis) => "e",
        ('a', Ring) => "a",
        _ => "",
    };

    private static void Append(StringBuilder folded, Rune lower, bool spelledOut)
    {
        switch (lower.Value)
        {
            case 'ß': folded.Append("ss"); break;
            case 'æ': folded.Append("ae"); break;
            case 'œ': folded.Append("oe"); break;
            case 'ø': folded.Append(spelledOut ? "oe" : "o"); break;
            case 'đ' or 'ð': folded.Append('d'); break;
            case 'ł': folded.Append('l'); break;
            case 'þ': folded.Append("th"); break;
            case 'ı': folded.Append('i'); break;
            case 'ς': folded.Append('σ'); break;
            // Persian and Arabic keyboards write the same names with other letters.
            case 'ى' or 'ی': folded.Append('ي'); break;
            case 'ک': folded.Append('ك'); break;
            case 'ة': folded.Append('ه'); break;
            default:
                if (Rune.GetUnicodeCategory(lower) == UnicodeCategory.DecimalDigitNumber) folded.Append((int)Rune.GetNumericValue(lower));
                else folded.Append(lower.ToString());
                break;
        }
    }
}
