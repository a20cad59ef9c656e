namespace Crm.Analysis.PersonalData;

/// <summary>The check digits by which numbers of persons are told from other numbers.</summary>
internal static class Checksums
{
    /// <summary>ISO/IEC 7812: every second digit from the right doubled.</summary>
    public static bool IsLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit * 2 - (digit > 4 ? 9 : 0);
            sum += digit;
        }
        return sum % 10 == 0;
    }

    /// <summary>ISO 7064 MOD 97-10 over the text with its first four characters moved to the end, letters as 10 to 35.</summary>
    public static bool IsIban(string text)
    {
        var rest = 0;
        foreach (var c in text[4..] + text[..4]) rest = char.IsAsciiDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
        return rest == 1;
    }

    private static readonly int[] ResidentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>GB 11643: 17 digits and a check character by ISO 7064 MOD 11-2.</summary>
    public static bool IsChineseResident(ReadOnlySpan<char> text)
    {
        var sum = 0;
        for (var i = 0; i < ResidentWeights.Length; i++) sum += (text[i] - '0') * ResidentWeights[i];
        return char.ToUpperInvariant(text[17]) == "10X98765432"[sum % 11];
    }
}
