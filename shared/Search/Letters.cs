using System.Globalization;
using System.Text;

namespace Crm.Search;

/// <summary>What a character is to a search, and what may lie between two words.</summary>
public static class Letters
{
    /// <summary>A beginning shorter than this is looked for as a whole word only.</summary>
    public const int ShortestBeginning = 2;

    public static Rune[] Of(string word) => [.. word.EnumerateRunes()];

    public static int Count(string word) => word.EnumerateRunes().Count();

    public static string Reversed(string word) => string.Concat(Of(word).Reverse());

    public static string First(string word, int count) => string.Concat(Of(word).Take(count));

    public static bool IsInWord(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    public static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '’' or '‘' or 'ʼ' or 'ʻ' or '`' or '´';

    /// <summary>Of a script that puts no space between words, or (Korean) writes names in one piece.</summary>
    public static bool IsSpaceless(Rune rune) => rune.Value is
        >= 0x0E00 and <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1100 and <= 0x11FF or >= 0x1780 and <= 0x17FF
        or >= 0x3005 and <= 0x3007 or >= 0x3040 and <= 0x318F or >= 0x31F0 and <= 0x31FF or >= 0x3400 and <= 0x4DBF
        or >= 0x4E00 and <= 0x9FFF or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF;

    public static bool IsDigits(string word) => word.All(char.IsAsciiDigit);
}
