using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Channels;

/// <summary>Events posted to our own API: claimed like a sender's, and written as activities before the answer. They have no receipt.</summary>
public sealed class TakeInApiEvents(ICustomerDirectory directory, IDocuments documents, TimeProvider clock) : ITakesInEvents
{
    /// <summary>Stands for the connection and the receipt, of which there is none.</summary>
    public const string Source = "api";

    private const int MappingVersion = 1;

    public string ActivityIdOf(string eventId) => TakeInEvents.ActivityIdOf(DedupeKeyOf(eventId));

    public async ValueTask<TakenEvent?> Find(string eventId, CancellationToken token)
    {
        var id = ActivityIdOf(eventId);
        // The claim alone is a try that was cut short: it is made again.
        return await documents.Get(TakeInEvents.ClaimKeyOf(id), ChannelsJson.Crm.EventClaim, token) is { } claim
            && await documents.Get(KeyOf(claim.Value), token) is not null
            ? new TakenEvent(id, claim.Value.CustomerId)
            : null;
    }

    public async ValueTask<TakenEvent?> TakeIn(PostedEvent posted, CancellationToken token)
    {
        if (await Claim(posted, token) is not { } claim) return null;
        await documents.Put(KeyOf(claim), ActivityOf(posted, claim), ModelJson.Crm.Activity, token, Precondition.Absent);
        return new TakenEvent(claim.ActivityId, claim.CustomerId);
    }

    private async ValueTask<EventClaim?> Claim(PostedEvent posted, CancellationToken token)
    {
        var activityId = ActivityIdOf(posted.Id);
        var key = TakeInEvents.ClaimKeyOf(activityId);
        if (await documents.Get(key, ChannelsJson.Crm.EventClaim, token) is { } earlier) return earlier.Value;
        if (await CustomerOf(posted, token) is not { } customerId) return null;
        var claim = new EventClaim(key.Id, activityId, customerId, Source, clock.GetUtcNow());
        return await documents.Put(key, claim, ChannelsJson.Crm.EventClaim, token, Precondition.Absent, TakeInEvents.ClaimLife) is WriteOutcome.Written
            ? claim
            : (await documents.Get(key, ChannelsJson.Crm.EventClaim, token))?.Value ?? claim;
    }

    private async ValueTask<string?> CustomerOf(PostedEvent posted, CancellationToken token)
    {
        if (posted.Customer is { } identity) return await directory.CustomerOf(identity, posted.CustomerName, Source, posted.ReceivedAt, token);
        return posted.CustomerId is { } id && Ids.TimeOf(id) is not null
            && await documents.Get(new DocumentKey(Containers.Customers, id, id), token) is { } stored && stored.IsOf(Customer.KindName)
            ? id
            : null;
    }

    private static DocumentKey KeyOf(EventClaim claim) => new(Containers.Customers, claim.CustomerId, claim.ActivityId);

    private static string DedupeKeyOf(string eventId) => $"{Source}:{eventId}";

    private static Activity ActivityOf(PostedEvent posted, EventClaim claim)
    {
        var warnings = new List<string>();
        // Whatever the company calls it: it is an event of its own.
        var type = StandardEvent.TypeOf(posted.Type) is var known and not "unknown" ? known : "track.custom";
        var time = ReadJson.TimeOr(posted.OccurredAt, posted.ReceivedAt, warnings);
        return new Activity
        {
            Id = claim.ActivityId,
            CustomerId = claim.CustomerId,
            ConnectionId = Source,
            ReceiptId = Source,
            Provider = Source,
            ProviderEventId = posted.Id,
            ProviderEventType = posted.Type,
            DedupeKey = DedupeKeyOf(posted.Id),
            Type = type,
            Channel = posted.Channel,
            Direction = StandardEvent.DirectionOf(posted.Type, null),
            OccurredAt = time,
            ReceivedAt = posted.ReceivedAt,
            TimelineAt = time,
            Subject = type == "track.custom" ? posted.Type : null,
            Engagement = posted.Engagement,
            Properties = posted.Properties,
            Trust = Trust.Authenticated,
            MappingVersion = MappingVersion,
            Warnings = warnings,
        };
    }
}
