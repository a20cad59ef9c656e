using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Analysis;

/// <summary>
/// Computes a customer's share of a day anew from the customer's partition. The version is read before the activities, so that
/// of two that compute at once, the one that has seen less is refused and looks again.
/// </summary>
public sealed class ContributeToDay(IDocuments documents, Company company)
{
    /// <summary>Other things stand in a timeline too.</summary>
    private static readonly Condition IsActivity = new Condition.Equal("kind", Activity.KindName);

    public DateOnly DayOf(Activity activity) => company.DayOf(activity.OccurredAt);

    public async Task Write(string customerId, DateOnly day, CancellationToken token)
    {
        var view = CommunicationContribution.ViewOf(day, customerId);
        var key = new DocumentKey(Containers.Views, view, customerId);
        while (true)
        {
            var before = await documents.Get(key, token);
            var contribution = await Compute(key, customerId, day, token);
            var precondition = before is null ? Precondition.Absent : Precondition.Match(before.ETag);
            if (await documents.Put(key, contribution, ModelJson.Crm.CommunicationContribution, token, precondition) is WriteOutcome.Written) return;
        }
    }

    private async Task<CommunicationContribution> Compute(DocumentKey key, string customerId, DateOnly day, CancellationToken token)
    {
        var (from, to) = company.BoundsOf(day);
        var readings = new List<(Activity Activity, TextInsight? Insight)>();
        var range = new Condition.Range("timelineAt", UtcTimestamps.Text(from), UtcTimestamps.Text(to));
        await foreach (var document in documents.All(new DocumentQuery(Containers.Customers, customerId, [IsActivity, range], "timelineAt", Limit: Limits.PageSize), token))
        {
            var activity = document.As(ModelJson.Crm.Activity).Value;
            var insight = await documents.Get(new DocumentKey(Containers.Insights, customerId, TextInsight.IdOf(activity.Id)), ModelJson.Crm.TextInsight, token);
            readings.Add((activity, insight?.Value));
        }
        var first = await documents.Query(new DocumentQuery(Containers.Customers, customerId, [IsActivity], "timelineAt", Limit: 1), token);
        return new CommunicationContribution
        {
            Id = key.Id,
            View = key.Partition,
            CustomerId = customerId,
            Day = day,
            TimeZone = company.Zone.Id,
            FirstContact = first.Documents.Count > 0 && DayOf(first.Documents[0].As(ModelJson.Crm.Activity).Value) == day,
            LatestReceivedAt = readings.Count == 0 ? from : readings.Max(r => r.Activity.ReceivedAt),
            Cells = CellsOf(readings, company.Zone),
        };
    }

    /// <summary>Counts by hour, channel, direction and language, in a fixed order.</summary>
    public static IReadOnlyList<CommunicationCell> CellsOf(IEnumerable<(Activity Activity, TextInsight? Insight)> readings, TimeZoneInfo zone) =>
    [
        .. readings
            .GroupBy(r => (Hour: HourOf(r.Activity.OccurredAt, zone), r.Activity.Channel, r.Activity.Direction, Language: r.Insight?.Language ?? "und"))
            .OrderBy(g => g.Key.Hour).ThenBy(g => g.Key.Channel).ThenBy(g => g.Key.Direction).ThenBy(g => g.Key.Language, StringComparer.Ordinal)
            .Select(g => new CommunicationCell(
                g.Key.Hour, g.Key.Channel, g.Key.Direction, g.Key.Language,
                g.Count(),
                g.Count(r => r.Insight?.Label == SentimentLabel.Positive),
                g.Count(r => r.Insight?.Label == SentimentLabel.Neutral),
                g.Count(r => r.Insight?.Label == SentimentLabel.Negative),
                g.Count(r => r.Insight?.Label is null or SentimentLabel.Unknown),
                Math.Round(g.Sum(r => r.Insight?.Sentiment ?? 0), 4))),
    ];

    private static DateTimeOffset HourOf(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return local.AddTicks(-(local.Ticks % TimeSpan.TicksPerHour)).ToUniversalTime();
    }
}
