using PhoneNumbers;

namespace Crm.Model;

/// <summary>Phone numbers as people and senders write them, by libphonenumber.</summary>
public static class PhoneNumber
{
    private const int MaxLength = 60;

    /// <summary>The regions that numbers can be of: ISO 3166-1 alpha-2.</summary>
    public static IReadOnlySet<string> Regions { get; } = new HashSet<string>(PhoneNumberUtil.GetInstance().GetSupportedRegions(), StringComparer.Ordinal);

    /// <summary>E.164; null for a short code, a name, and whatever else is no number that somebody can be called at.</summary>
    /// <param name="region">Where a number without a country code is taken to be; null takes international ones only.</param>
    public static string? Normal(string? text, string? region = null)
    {
        var number = text?.Trim() ?? "";
        foreach (var scheme in new[] { "whatsapp:", "tel:" })
        {
            if (number.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) number = number[scheme.Length..];
        }
        // Letters are a sender's name or an extension: no number of one person's.
        if (number.Length is < 4 or > MaxLength || number.Any(char.IsLetter)) return null;
        var util = PhoneNumberUtil.GetInstance();
        try
        {
            var parsed = util.Parse(number, region);
            // One digit over and over fills a field and calls nobody.
            var isFiller = parsed.NationalNumber.ToString(System.Globalization.CultureInfo.InvariantCulture).Distinct().Count() == 1;
            return !isFiller && util.IsPossibleNumber(parsed) ? util.Format(parsed, PhoneNumberFormat.E164) : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }
}
