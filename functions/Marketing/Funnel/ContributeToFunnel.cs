using System.Text.Json;
using Crm.Kernel;
using Crm.Marketing.Campaigns;
using Crm.Model;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Marketing.Funnel;

/// <summary>
/// Computes a customer's share of a campaign anew from the customer's partition, and puts it in the place of the former one
/// together with the bucket's sum, in one transaction: a repeat finds nothing to change, and the sum is always that of the shares.
/// </summary>
public sealed class ContributeToFunnel(IDocuments documents)
{
    /// <summary>A campaign's recipients are spread over this many partitions, each with its sum.</summary>
    public const int Buckets = 64;

    private const string SumId = "sum";

    public static string ViewOf(string campaignId, int bucket) => $"funnel.{campaignId}.{bucket:x2}";

    public static DocumentKey SumKey(string campaignId, int bucket) => new(Containers.Views, ViewOf(campaignId, bucket), SumId);

    public async Task Write(Campaign campaign, string customerId, CancellationToken token)
    {
        var bucket = Bucket.Of(customerId, Buckets);
        var key = new DocumentKey(Containers.Views, ViewOf(campaign.Id, bucket), customerId);
        while (true)
        {
            // Before the events: of two that compute at once, the one that has seen less is refused and looks again.
            var before = await documents.Get(key, MarketingJson.Crm.FunnelShare, token);
            var counts = await Compute(campaign, customerId, token);
            if ((before?.Value.Counts ?? FunnelCounts.None) == counts) return;
            var sum = await documents.Get(SumKey(campaign.Id, bucket), MarketingJson.Crm.FunnelShare, token);
            var after = (sum?.Value.Counts ?? FunnelCounts.None) - (before?.Value.Counts ?? FunnelCounts.None) + counts;
            var recipients = (sum?.Value.Recipients ?? 0) + (before is null ? 1 : counts == FunnelCounts.None ? -1 : 0);
            DocumentWrite[] writes =
            [
                counts == FunnelCounts.None ? new DocumentWrite(key, null, Precondition.Match(before!.ETag)) : WriteOf(new FunnelShare(customerId, key.Partition, 1, counts), before?.ETag),
                WriteOf(new FunnelShare(SumId, key.Partition, recipients, after), sum?.ETag),
            ];
            if (await documents.Batch(writes, token) is BatchOutcome.Written) return;
        }
    }

    private static DocumentWrite WriteOf(FunnelShare share, string? etag) => new(
        new DocumentKey(Containers.Views, share.View, share.Id),
        JsonSerializer.SerializeToUtf8Bytes(share, MarketingJson.Crm.FunnelShare),
        etag is null ? Precondition.Absent : Precondition.Match(etag));

    private async Task<FunnelCounts> Compute(Campaign campaign, string customerId, CancellationToken token)
    {
        var events = new List<Activity>();
        foreach (var name in campaign.EventNames)
            events.AddRange(await Read(customerId, new Condition.Prefix("campaignAt", CampaignName.PrefixOf(name)), "campaignAt", token));
        var window = TimeSpan.FromDays(campaign.ConversionDays);
        return RecipientFunnel.Of(events, await Goals(campaign, customerId, events, window, token), window, campaign.Currency);
    }

    private async Task<List<Activity>> Goals(Campaign campaign, string customerId, List<Activity> events, TimeSpan window, CancellationToken token)
    {
        if (campaign.Goal is null || events.Count == 0) return [];
        var range = new Condition.Range("timelineAt", UtcTimestamps.Text(events.Min(e => e.OccurredAt)), UtcTimestamps.Text(events.Max(e => e.OccurredAt) + window + TimeSpan.FromMilliseconds(1)));
        return (await Read(customerId, range, "timelineAt", token)).FindAll(e => campaign.IsGoal(e.ProviderEventType));
    }

    private async Task<List<Activity>> Read(string customerId, Condition where, string order, CancellationToken token)
    {
        var read = new List<Activity>();
        await foreach (var document in documents.All(
            new DocumentQuery(Containers.Customers, customerId, [where, new Condition.Equal("kind", Activity.KindName)], order, Limit: Limits.PageSize), token))
            read.Add(document.As(ModelJson.Crm.Activity).Value);
        return read;
    }
}

/// <summary>One recipient's share, or a bucket's sum.</summary>
/// <param name="Id">The customer, or <c>sum</c>.</param>
public sealed record FunnelShare(string Id, string View, long Recipients, FunnelCounts Counts);
