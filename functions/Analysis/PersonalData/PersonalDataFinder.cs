using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Crm.Model;
using PhoneNumbers;

namespace Crm.Analysis.PersonalData;

/// <summary>
/// Personal data of a fixed form in a text: kind and place, never the value. Names and postal addresses have no form, and are not found.
/// </summary>
public static partial class PersonalDataFinder
{
    /// <summary>What lies beyond is not read.</summary>
    private const int MaxText = 100_000;

    private const int MostFound = 100;

    private static readonly (string Kind, Func<string, IEnumerable<Match>> Find)[] Forms =
    [
        ("email", text => Email().Matches(text)),
        ("iban", text => Iban().Matches(text).Where(m => Checksums.IsIban(m.Value.Replace(" ", "", StringComparison.Ordinal)))),
        ("cn-resident-id", text => ChineseResident().Matches(text).Where(m => Checksums.IsChineseResident(m.Value) && IsDay(m.Value.AsSpan(6, 8)))),
        ("card", text => Card().Matches(text).Where(m => string.Concat(m.Value.Where(char.IsAsciiDigit)) is { Length: >= 13 and <= 19 } digits && Checksums.IsLuhn(digits) && digits.Distinct().Count() > 1)),
        ("us-ssn", text => SocialSecurity().Matches(text)),
        ("ip", text => Address().Matches(text).Where(m => m.Value.Contains(':', StringComparison.Ordinal) ? m.Value.Length > 6 && IPAddress.TryParse(m.Value, out _) : m.Value.Split('.').All(p => p.Length < 4 && int.Parse(p, CultureInfo.InvariantCulture) < 256))),
    ];

    /// <param name="language">Decides how a phone number without a country code is read.</param>
    /// <returns>By place; none overlaps another. Lengths are UTF-16 units.</returns>
    public static IReadOnlyList<PersonalDataPlace> Find(string? text, string language)
    {
        if (string.IsNullOrEmpty(text)) return [];
        var read = text.Length <= MaxText ? text : text[..MaxText];
        var found = new List<PersonalDataPlace>();
        foreach (var (kind, find) in Forms)
        {
            foreach (var match in find(read)) Add(kind, match.Index, match.Length);
        }
        foreach (var number in PhoneNumberUtil.GetInstance().FindNumbers(read, RegionOf(language), PhoneNumberUtil.Leniency.VALID, MostFound))
        {
            // A bare row of digits may be an order as well: somebody has to call it a phone.
            if (number.RawString.StartsWith('+') || PhoneWords().IsMatch(read.AsSpan(Math.Max(0, number.Start - 30), Math.Min(30, number.Start))))
                Add("phone", number.Start, number.Length);
        }
        return [.. found.OrderBy(f => f.Start).Take(MostFound)];

        void Add(string kind, int start, int length)
        {
            if (!found.Exists(f => start < f.Start + f.Length && f.Start < start + length)) found.Add(new(kind, start, length));
        }
    }

    private static bool IsDay(ReadOnlySpan<char> digits) => DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string RegionOf(string language) => language switch
    {
        "zh" => "CN",
        "de" => "DE",
        "fr" => "FR",
        "es" => "ES",
        "it" => "IT",
        "ja" => "JP",
        _ => "US",
    };

    [GeneratedRegex(@"(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Iban();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[1-9][0-9]{16}[0-9Xx](?![A-Za-z0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ChineseResident();

    [GeneratedRegex(@"(?<![A-Za-z0-9.+-])[2-6][0-9]{3}(?:[ -]?[0-9]){9,15}(?![A-Za-z0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Card();

    [GeneratedRegex(@"(?<![0-9-])(?!000|666|9[0-9]{2})[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![0-9-])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SocialSecurity();

    [GeneratedRegex(@"(?<![A-Za-z0-9.:])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![A-Za-z0-9:]|\.[0-9])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(?:phone|tel|telephone|mobile|cell|call|whatsapp|ring|fax|telefon|handy)\b|电话|手机|联系|致电|热线", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PhoneWords();
}
