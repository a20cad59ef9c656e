using System.Globalization;

namespace Crm.Model;

/// <summary>
/// What one customer adds to one day's communication. Replaceable: it is computed anew from the customer's partition, so a
/// repeat changes nothing, and a day's figures are the sum over its contributions. Written by Analysis only.
/// </summary>
public sealed record CommunicationContribution
{
    /// <summary>Days are spread over this many partitions.</summary>
    public const int Buckets = 16;

    public required string Id { get; init; }

    public required string View { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>In the company's time zone.</summary>
    public required DateOnly Day { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The customer's first activity ever is on this day.</summary>
    public required bool FirstContact { get; init; }

    /// <summary>The latest receipt among the day's activities.</summary>
    public required DateTimeOffset LatestReceivedAt { get; init; }

    public required IReadOnlyList<CommunicationCell> Cells { get; init; }

    public static string ViewOf(DateOnly day, int bucket) =>
        string.Create(CultureInfo.InvariantCulture, $"communication.{day:yyyy-MM-dd}.{bucket:x}");

    public static string ViewOf(DateOnly day, string customerId) => ViewOf(day, BucketOf(customerId));

    /// <summary>FNV-1a: the same on every machine and run.</summary>
    private static int BucketOf(string customerId)
    {
        var hash = 2166136261u;
        foreach (var c in customerId) hash = (hash ^ c) * 16777619u;
        return (int)(hash % Buckets);
    }
}

/// <summary>Counts of one combination.</summary>
/// <param name="HourStart">The instant at which the local hour begins; days with a clock change have 23 or 25 of them.</param>
/// <param name="CompoundSum">Sum of sentiment over positive, neutral and negative.</param>
public sealed record CommunicationCell(
    DateTimeOffset HourStart,
    Channel Channel,
    Direction Direction,
    string Language,
    int Count,
    int Positive,
    int Neutral,
    int Negative,
    int Unknown,
    double CompoundSum);
