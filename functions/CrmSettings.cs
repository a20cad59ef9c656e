using System.Globalization;
using System.Text.RegularExpressions;
using Crm.Model;
using Crm.Operations;
using Microsoft.Extensions.Configuration;

namespace Crm;

/// <summary>The settings of a deployment (docs/settings.md), checked before anything starts.</summary>
/// <param name="AdminKey">Presets an admin key; null leaves it to the first start.</param>
/// <param name="RequestsPerMinute">What one key may ask of one instance.</param>
/// <param name="Blocked">By what nobody is known.</param>
/// <param name="RefuseUnknownEvents">Keeps events of a type that the catalogue does not have as failed ones.</param>
public sealed partial record CrmSettings(Company Company, string? AdminKey, int RequestsPerMinute, bool RefuseUnknownEvents, BlockedIdentities Blocked)
{
    /// <exception cref="SettingException">A setting has a value that cannot be used.</exception>
    public static CrmSettings From(IConfiguration settings)
    {
        var zone = settings["Company:TimeZone"] ?? "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            throw new SettingException("Company:TimeZone", "an IANA time zone, such as Europe/Berlin");
        if (settings["ReportTick"] is { } tick && !Schedule().IsMatch(tick))
            throw new SettingException("ReportTick", "six NCRONTAB fields, such as 0 */15 * * * *");
        var key = settings[FirstAdminKey.Setting];
        if (key is { Length: < FirstAdminKey.MinLength or > 200 })
            throw new SettingException(FirstAdminKey.Setting, $"{FirstAdminKey.MinLength} to 200 characters");
        if (!int.TryParse(settings["RateLimit:RequestsPerMinute"] ?? "6000", NumberStyles.None, CultureInfo.InvariantCulture, out var perMinute) || perMinute == 0)
            throw new SettingException("RateLimit:RequestsPerMinute", "a whole number from 1");
        var unknown = settings["Events:UnknownTypes"] ?? "accept";
        if (unknown is not ("accept" or "refuse")) throw new SettingException("Events:UnknownTypes", "accept or refuse");
        var region = settings["Company:Region"];
        if (!string.IsNullOrEmpty(region) && !PhoneNumber.Regions.Contains(region)) throw new SettingException("Company:Region", "an ISO 3166-1 code of a region with phone numbers, such as DE");
        var blocked = (settings["Identities:Blocked"] ?? BlockedIdentities.Default).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var company = new Company(settings["Company:Name"] ?? "Company", found, string.IsNullOrEmpty(region) ? null : region);
        return new CrmSettings(company, key, perMinute, unknown == "refuse", new BlockedIdentities(blocked));
    }

    [GeneratedRegex(@"^[0-9A-Za-z*/,-]+( [0-9A-Za-z*/,-]+){5}$")]
    private static partial Regex Schedule();
}

/// <summary>A setting that cannot be used. The message is one line, and never holds the value: it may be a secret.</summary>
public sealed class SettingException : Exception
{
    public SettingException() { }

    public SettingException(string message) : base(message) { }

    public SettingException(string message, Exception inner) : base(message, inner) { }

    public SettingException(string setting, string expected) : base($"The setting {setting} cannot be used: expected {expected}.") { }
}
