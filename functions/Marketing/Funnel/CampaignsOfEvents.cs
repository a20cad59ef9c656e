using Crm.Marketing.Campaigns;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Marketing.Funnel;

/// <summary>
/// Who received something of which campaign, by the name that senders use: kept both ways, so that a campaign that is told its
/// name later finds the customers, and an event of the goal finds the campaigns.
/// </summary>
public sealed class CampaignsOfEvents(IDocuments documents)
{
    /// <summary>A name's customers are spread over this many partitions.</summary>
    public const int Buckets = 16;

    /// <summary>Remembers that the customer has an event of this name.</summary>
    public async Task Remember(string customerId, string name, CancellationToken token)
    {
        var id = Kernel.Ids.Of(name);
        var ofCustomer = new DocumentKey(Containers.Views, ViewOf(customerId), id);
        if (await documents.Get(ofCustomer, token) is not null) return;
        var ofName = new DocumentKey(Containers.Views, ViewOf(name, Bucket.Of(customerId, Buckets)), customerId);
        await documents.Put(ofName, new CampaignReceived(customerId, ofName.Partition, name), MarketingJson.Crm.CampaignReceived, token);
        // Last: once this one is there, the other is.
        await documents.Put(ofCustomer, new CampaignReceived(id, ofCustomer.Partition, name), MarketingJson.Crm.CampaignReceived, token);
    }

    public async Task<bool> HasAny(string customerId, CancellationToken token) =>
        (await documents.Query(new DocumentQuery(Containers.Views, ViewOf(customerId), [], Limit: 1), token)).Documents.Count > 0;

    public async Task<IReadOnlyList<string>> NamesOf(string customerId, CancellationToken token)
    {
        var names = new List<string>();
        await foreach (var document in documents.All(new DocumentQuery(Containers.Views, ViewOf(customerId), [], Limit: Limits.PageSize), token))
            names.Add(document.As(MarketingJson.Crm.CampaignReceived).Value.Name);
        return names;
    }

    public async Task<(IReadOnlyList<string> CustomerIds, string? Continuation)> Recipients(string name, int bucket, int limit, string? continuation, CancellationToken token)
    {
        var page = await documents.Query(new DocumentQuery(Containers.Views, ViewOf(name, bucket), [], Limit: limit, Continuation: continuation), token);
        return ([.. page.Documents.Select(d => d.Key.Id)], page.Continuation);
    }

    /// <summary>The campaigns that go by one of these names.</summary>
    public async Task<IReadOnlyList<Campaign>> Named(IEnumerable<string> names, CancellationToken token)
    {
        var found = new Dictionary<string, Campaign>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            await foreach (var document in documents.All(new DocumentQuery(Containers.Catalog, Campaign.KindName, [new Condition.Contains("eventNames", name)]), token))
                found[document.Key.Id] = document.As(MarketingJson.Crm.Campaign).Value;
        }
        return [.. found.Values];
    }

    private static string ViewOf(string customerId) => $"campaigns-of.{customerId}";

    private static string ViewOf(string name, int bucket) => $"recipients-of.{Kernel.Ids.Of(name)}.{bucket:x}";
}

/// <summary>One customer and one campaign's name.</summary>
/// <param name="Id">The name's hash in the customer's view, the customer in the name's.</param>
public sealed record CampaignReceived(string Id, string View, string Name);
