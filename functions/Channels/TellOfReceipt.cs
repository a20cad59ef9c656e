using System.Globalization;
using Crm.Model;
using Crm.Ports;

namespace Crm.Channels;

/// <summary>The first part of an event's trail: receipt, verification, claim, activity.</summary>
public sealed class TellOfReceipt(IDocuments documents, Receipts receipts, ChannelsByProvider channels) : ITellsOfEvents
{
    public int Order => 1;

    public async Task Tell(EventTrail trail, CancellationToken token)
    {
        var claim = await documents.Get(TakeInEvents.ClaimKeyOf(trail.AskedFor), ChannelsJson.Crm.EventClaim, token);
        var receiptId = claim?.Value.ReceiptId ?? trail.AskedFor;
        var receipt = await documents.Get(Receipts.KeyOf(receiptId), ChannelsJson.Crm.Receipt, token);
        if (receipt is null && claim is null) return;

        trail.ReceiptId = receiptId;
        await TellReceipt(trail, receipt, token);
        if (claim is null && receipt is not null)
        {
            var (quarantined, activityId) = await MapAgain(receipt.Value, token);
            if (quarantined is not null)
            {
                trail.Stages.Add(new TrailStage("claim", StageState.Quarantined, null, null, [new("reason", quarantined.Reason), new("detail", quarantined.Detail)]));
                return;
            }
            claim = activityId is null ? null : await documents.Get(TakeInEvents.ClaimKeyOf(activityId), ChannelsJson.Crm.EventClaim, token);
        }
        await TellClaim(trail, claim, receiptId, token);
    }

    private static Task TellReceipt(EventTrail trail, Stored<Receipt>? stored, CancellationToken token)
    {
        if (trail.ReceiptId == TakeInApiEvents.Source)
        {
            trail.Stages.Add(new TrailStage("receipt", StageState.Done, null, null, [new("raw request", "posted to the API, which keeps none")]));
            return Task.CompletedTask;
        }
        if (stored is null)
        {
            trail.Stages.Add(new TrailStage("receipt", StageState.Done, null, null, [new("raw request", "past its 30 days")]));
            return Task.CompletedTask;
        }
        var receipt = stored.Value;
        trail.Stages.Add(new TrailStage("receipt", StageState.Done, receipt.ReceivedAt, stored.ETag,
        [
            new("receiptId", receipt.Id),
            new("connection", receipt.ConnectionId),
            new("provider", receipt.Provider),
            new("bytes", receipt.BodyBytes.ToString(CultureInfo.InvariantCulture)),
            .. receipt.Headers.Select(h => new TrailFact(h.Key, h.Value)),
        ]));
        var verification = receipt.Verification;
        trail.Stages.Add(new TrailStage("verification", StageState.Done, receipt.ReceivedAt, null,
        [
            new("result", verification.Trust.ToString().ToLowerInvariant()),
            new("scheme", verification.Scheme),
            new("key", (verification.Key + 1).ToString(CultureInfo.InvariantCulture)),
            new("skewSeconds", verification.SkewSeconds.ToString(CultureInfo.InvariantCulture)),
        ]));
        return Task.CompletedTask;
    }

    private async Task<(MappedItem.Quarantined?, string? ActivityId)> MapAgain(Receipt receipt, CancellationToken token)
    {
        // Mapping is pure: what it says now is what it said, or would say to a replay.
        var items = channels.Find(receipt.Provider)?.Map(receipt, await receipts.BodyOf(receipt, token)) ?? [];
        return (items.Count == 0 ? null : items[0]) switch
        {
            MappedItem.Quarantined q => (q, null),
            MappedItem.Event e => (null, TakeInEvents.ActivityIdOf(TakeInEvents.DedupeKeyOf(receipt, e))),
            _ => (null, null),
        };
    }

    private async Task TellClaim(EventTrail trail, Stored<EventClaim>? claim, string receiptId, CancellationToken token)
    {
        if (claim is null)
        {
            trail.Stages.Add(new TrailStage("claim", StageState.Waiting, null, null, []));
            trail.Stages.Add(new TrailStage("activity", StageState.Waiting, null, null, []));
            return;
        }
        trail.Stages.Add(new TrailStage("claim", StageState.Done, claim.Value.ClaimedAt, claim.ETag,
        [
            new("decision", claim.Value.ReceiptId == receiptId ? "first receipt of this event" : "duplicate of an earlier receipt"),
            new("customerId", claim.Value.CustomerId),
            new("firstReceiptId", claim.Value.ReceiptId),
        ]));
        var stored = await documents.Get(new DocumentKey(Containers.Customers, claim.Value.CustomerId, claim.Value.ActivityId), ModelJson.Crm.Activity, token);
        trail.Activity = stored?.Value;
        trail.Stages.Add(stored is null
            ? new TrailStage("activity", StageState.Waiting, null, null, [])
            : new TrailStage("activity", StageState.Done, stored.Written, stored.ETag,
            [
                new("activityId", stored.Value.Id),
                new("type", stored.Value.Type),
                new("channel", stored.Value.Channel.ToString().ToLowerInvariant()),
                new("occurredAt", Kernel.UtcTimestamps.Text(stored.Value.OccurredAt)),
                new("mappingVersion", stored.Value.MappingVersion.ToString(CultureInfo.InvariantCulture)),
                .. stored.Value.Warnings.Select(w => new TrailFact("warning", w)),
            ]));
    }
}
