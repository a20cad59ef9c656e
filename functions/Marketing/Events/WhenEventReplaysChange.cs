using System.Text.Json;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Marketing.Events;

/// <summary>Every version of a replay that is under way asks for its page, so that a replay goes on wherever it was interrupted.</summary>
public sealed class WhenEventReplaysChange(IMessages messages)
{
    [Function("WhenEventReplaysChange")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    public async Task Run(
        [CosmosDBTrigger("%Database%", Containers.Catalog, Connection = "Cosmos", LeaseContainerName = Containers.Leases, LeaseContainerPrefix = "event-replays", StartFromBeginning = true, MaxItemsPerInvocation = 100)] IReadOnlyList<JsonElement> changes,
        CancellationToken token)
    {
        var pages = changes
            .Where(c => c.TryGetProperty("kind", out var kind) && kind.ValueEquals(EventReplay.KindName) && !c.TryGetProperty("deleted", out _))
            .Select(c => c.Deserialize(MarketingJson.Crm.EventReplay)!)
            .Where(r => r.State == EventReplayState.Running)
            .Select(r => new OutgoingMessage(
                JsonSerializer.Serialize(new EventReplayPage(r.Id, r.Pages), MarketingJson.Crm.EventReplayPage), FormattableString.Invariant($"{r.Id}-{r.Pages}")))
            .ToList();
        if (pages.Count > 0) await messages.Send(Queues.EventReplays, pages, token);
    }
}
