using System.Text.Json;
using Crm.Marketing.Campaigns;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Marketing.Funnel;

/// <summary>
/// A campaign that is told another name, goal or currency counts other events: everybody it concerns is computed anew, page by page.
/// One that is deleted leaves no shares behind.
/// </summary>
public sealed class WhenCampaignsChange(IDocuments documents, IMessages messages)
{
    [Function("WhenCampaignsChange")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    public async Task Run(
        [CosmosDBTrigger("%Database%", Containers.Catalog, Connection = "Cosmos", LeaseContainerName = Containers.Leases, LeaseContainerPrefix = "campaigns", StartFromBeginning = true, MaxItemsPerInvocation = 100)] IReadOnlyList<JsonElement> changes,
        CancellationToken token)
    {
        foreach (var change in changes.Where(c => c.TryGetProperty("kind", out var kind) && kind.ValueEquals(Campaign.KindName)))
        {
            var id = change.GetProperty("id").GetString()!;
            if (change.TryGetProperty("deleted", out var deleted) && deleted.ValueKind == JsonValueKind.True) await Clear(id, token);
            else await Rebuild(change.Deserialize(MarketingJson.Crm.Campaign)!, token);
        }
    }

    private async Task Rebuild(Campaign campaign, CancellationToken token)
    {
        var basis = FunnelBasis.Of(campaign);
        var key = FunnelBasis.KeyOf(campaign.Id);
        var before = (await documents.Get(key, MarketingJson.Crm.FunnelBasis, token))?.Value;
        if (before is not null && before.Same(basis)) return;
        var names = basis.Names.Union(before?.Names ?? []);
        await Ask(names.SelectMany(n => Enumerable.Range(0, CampaignsOfEvents.Buckets).Select(b => new FunnelRebuild(campaign.Id, n, b))), token);
        await documents.Put(key, basis, MarketingJson.Crm.FunnelBasis, token);
    }

    private async Task Clear(string campaignId, CancellationToken token)
    {
        await Ask(Enumerable.Range(0, ContributeToFunnel.Buckets).Select(b => new FunnelRebuild(campaignId, null, b)), token);
        await documents.Delete(FunnelBasis.KeyOf(campaignId), default, token);
    }

    private async Task Ask(IEnumerable<FunnelRebuild> pages, CancellationToken token)
    {
        foreach (var some in pages.Chunk(100))
            await messages.Send(Queues.FunnelRebuilds, [.. some.Select(p => new OutgoingMessage(JsonSerializer.Serialize(p, MarketingJson.Crm.FunnelRebuild)))], token);
    }
}

/// <summary>What a campaign's shares were last asked to be computed from.</summary>
public sealed record FunnelBasis(string Id, string View, IReadOnlyList<string> Names, string? Goal, int ConversionDays, string? Currency)
{
    public static DocumentKey KeyOf(string campaignId) => new(Containers.Views, $"funnel.{campaignId}", "basis");

    public static FunnelBasis Of(Campaign campaign) =>
        new("basis", KeyOf(campaign.Id).Partition, campaign.EventNames, campaign.Goal, campaign.ConversionDays, campaign.Currency);

    public bool Same(FunnelBasis other) =>
        Names.ToHashSet().SetEquals(other.Names) && (Goal, ConversionDays, Currency) == (other.Goal, other.ConversionDays, other.Currency);
}

/// <summary>A page of recipients to be computed anew; without a name, a bucket of shares to be taken away.</summary>
public sealed record FunnelRebuild(string CampaignId, string? Name, int Bucket, string? Continuation = null);
