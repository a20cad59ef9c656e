using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Adapters.Cosmos;

/// <summary>
/// The service's ETag and, after a dot, when the version ends: so a write that asks for a version which is a tombstone or has expired
/// is refused without reading.
/// </summary>
internal static partial class ETags
{
    public static string Bare(string etag) => etag.Trim('"');

    public static string Of(string version, long until) =>
        until == StoredItem.Forever ? version : string.Create(CultureInfo.InvariantCulture, $"{version}.{until}");

    /// <summary>The service's ETag, or null when no live document can have this one.</summary>
    public static string? Matching(string etag, long now)
    {
        if (Shape().Match(etag) is not { Success: true } match) return null;
        return match.Groups[2] is { Success: true } until && long.Parse(until.ValueSpan, CultureInfo.InvariantCulture) <= now ? null : match.Groups[1].Value;
    }

    [GeneratedRegex(@"^([A-Za-z0-9-]{1,100})(?:\.([0-9]{1,16}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
