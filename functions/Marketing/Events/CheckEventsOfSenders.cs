using System.Text.Json;
using Crm.Model;

namespace Crm.Marketing.Events;

/// <summary>
/// Holds the events that came through senders against the catalogue. One that does not fit is kept as a failed event, and its
/// activity stays: what a sender sent was acknowledged.
/// </summary>
public sealed class CheckEventsOfSenders(KnownEventTypes types, FailedEvents failed, TimeProvider clock) : IFollowsCustomers
{
    public async Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        var known = new Dictionary<string, KnownEventType?>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            if (change.TryGetProperty("deleted", out var deleted) && deleted.ValueKind == JsonValueKind.True)
            {
                await failed.Forget(change.GetProperty("id").GetString()!, token);
                continue;
            }
            if (!IsOfSender(change)) continue;
            var activity = change.Deserialize(ModelJson.Crm.Activity)!;
            if (SentEvent.NameOf(activity) is not { Length: > 0 and <= EventFields.MaxType } name) continue;
            if (!known.TryGetValue(name, out var type)) known[name] = type = await types.Find(name, token);
            if (type?.Schema?.Faults(SentEvent.PropertiesOf(activity), "/properties") is { Count: > 0 } faults)
                await failed.Keep(Failure(activity, name, type.Version, faults), token);
        }
    }

    /// <summary>What was posted to us was held against the catalogue before.</summary>
    private static bool IsOfSender(JsonElement change) =>
        change.TryGetProperty("kind", out var kind) && kind.ValueEquals(Activity.KindName)
        && SentEvent.IsOwn(change.GetProperty("type").GetString()!) && !change.GetProperty("provider").ValueEquals("api");

    private FailedEvent Failure(Activity activity, string name, int version, IReadOnlyList<Kernel.FieldError> faults) => new()
    {
        Id = activity.Id,
        Kind = FailedEvent.KindOf(activity.Id),
        Type = name,
        Origin = activity.Provider,
        State = FailedEventState.Open,
        Reason = FailureReason.Schema,
        Errors = faults,
        TypeVersion = version,
        CustomerId = activity.CustomerId,
        CreatedAt = activity.ReceivedAt,
        ChangedAt = clock.GetUtcNow(),
    };
}
