using System.Text.Json;
using Crm.Model;
using Crm.Ports;

namespace Crm.Marketing.Funnel;

/// <summary>One message per customer whose events may change a funnel: events of a campaign, and what could be a goal.</summary>
public sealed class AskForFunnels(IMessages messages, CampaignsOfEvents campaigns) : IFollowsCustomers
{
    public async Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        var asked = new List<OutgoingMessage>();
        foreach (var customer in changes.Where(MayCount).GroupBy(c => c.GetProperty("customerId").GetString()!))
        {
            var names = customer.Where(c => c.TryGetProperty("campaignAt", out _)).Select(c => CampaignName.Of(c.Deserialize(ModelJson.Crm.Activity)!.Engagement)!).Distinct().ToList();
            if (names.Count == 0 && !await campaigns.HasAny(customer.Key, token)) continue;
            var all = customer.Any(IsGone);
            var goals = customer.Where(c => !IsGone(c)).Select(c => c.GetProperty("providerEventType").GetString()!).Distinct().ToList();
            asked.AddRange(names.Chunk(100).DefaultIfEmpty([]).Select(some => new FunnelRequest(customer.Key, some, all ? null : goals))
                .Select(r => new OutgoingMessage(JsonSerializer.Serialize(r, MarketingJson.Crm.FunnelRequest))));
        }
        if (asked.Count > 0) await messages.Send(Queues.Funnels, asked, token);
    }

    private static bool MayCount(JsonElement change) =>
        IsGone(change)
        || (change.TryGetProperty("kind", out var kind) && kind.ValueEquals(Activity.KindName)
            && (change.TryGetProperty("campaignAt", out _) || change.GetProperty("type").GetString() is "track.custom" or "page.viewed" or "unknown"));

    private static bool IsGone(JsonElement change) => change.TryGetProperty("deleted", out var deleted) && deleted.ValueKind == JsonValueKind.True;
}

/// <summary>A customer whose share of some campaigns is to be computed.</summary>
/// <param name="Names">Names of campaigns that new events carry.</param>
/// <param name="Events">Types of the new events, in the sender's words: they may be goals. Null: something was taken away, so that all count anew.</param>
public sealed record FunnelRequest(string CustomerId, IReadOnlyList<string> Names, IReadOnlyList<string>? Events);
