namespace Crm.Model;

/// <summary>The one company that a deployment serves.</summary>
public sealed class Company(string name, TimeZoneInfo zone, string? region = null)
{
    public string Name { get; } = name;

    /// <summary>ISO 3166-1 alpha-2: where phone numbers without a country code are; null takes international ones only.</summary>
    public string? Region { get; } = region;

    /// <summary>Days, reports and promises are in this zone.</summary>
    public TimeZoneInfo Zone { get; } = zone;

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The UTC instants at which a local day begins and ends: 23, 24 or 25 hours apart.</summary>
    public (DateTimeOffset From, DateTimeOffset To) BoundsOf(DateOnly day) => (StartOf(day), StartOf(day.AddDays(1)));

    private DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        // Where the clock skips midnight, the day begins when it goes on.
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
