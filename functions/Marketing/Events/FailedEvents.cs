using System.Text.Json;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Marketing.Events;

/// <summary>
/// Keeps failed events and their lists: one of all, and a short one of the open ones of each type. The document is written first; a
/// repeat writes the same lists.
/// </summary>
public sealed class FailedEvents(IDocuments documents)
{
    /// <summary>From the last change: a public write key may bring in a great many.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(90);

    private const string ByCreated = "byCreated";

    public SortedView All { get; } = new(documents, "failed-events");

    public SortedView OpenOf(string type) => new(documents, "open-failed-events." + Ids.Of(type));

    /// <summary>Null where there is none.</summary>
    public async ValueTask<Stored<FailedEvent>?> Find(string id, CancellationToken token) =>
        FailedEvent.KeyOf(id) is { } key ? await documents.Get(key, MarketingJson.Crm.FailedEvent, token) : null;

    /// <summary>Keeps a new one. An open one of the same id is told what is wrong by now; one that is settled stays so.</summary>
    public async Task<FailedEvent> Keep(FailedEvent failed, CancellationToken token)
    {
        while (true)
        {
            var earlier = await Find(failed.Id, token);
            var kept = earlier is null ? failed
                : earlier.Value.State != FailedEventState.Open || Same(earlier.Value, failed) ? earlier.Value
                : failed with { CreatedAt = earlier.Value.CreatedAt };
            if (kept == earlier?.Value)
            {
                await List(kept, earlier!.Value.Type, token);
                return kept;
            }
            if (await Write(earlier, kept, token) is not null) return kept;
        }
    }

    /// <summary>Null when somebody else was faster.</summary>
    public async ValueTask<FailedEvent?> Write(Stored<FailedEvent>? before, FailedEvent after, CancellationToken token)
    {
        var precondition = before is null ? Precondition.Absent : Precondition.Match(before.ETag);
        if (await documents.Put(FailedEvent.KeyOf(after.Id)!.Value, after, MarketingJson.Crm.FailedEvent, token, precondition, Life) is not WriteOutcome.Written) return null;
        await List(after, before?.Value.Type ?? after.Type, token);
        return after;
    }

    /// <summary>Writes the lists as the document says, for a try that was cut short after it.</summary>
    /// <param name="formerType">A correction may have changed the type.</param>
    public async Task List(FailedEvent failed, string formerType, CancellationToken token)
    {
        var item = JsonSerializer.SerializeToElement(failed with { Event = null }, MarketingJson.Crm.FailedEvent);
        var keys = new Dictionary<string, string> { [ByCreated] = UtcTimestamps.Text(failed.CreatedAt) };
        await All.Put(failed.Id, keys, item, token, Life);
        if (formerType != failed.Type) await OpenOf(formerType).Remove(failed.Id, token);
        if (failed.State == FailedEventState.Open) await OpenOf(failed.Type).Put(failed.Id, keys, item, token, Life);
        else await OpenOf(failed.Type).Remove(failed.Id, token);
    }

    /// <summary>What the sender sent; null when it is gone.</summary>
    public async ValueTask<Activity?> ActivityOf(FailedEvent one, CancellationToken token) =>
        (await documents.Get(new DocumentKey(Containers.Customers, one.CustomerId!, one.Id), ModelJson.Crm.Activity, token))?.Value;

    /// <summary>Takes it away: its activity is gone.</summary>
    public async Task Forget(string id, CancellationToken token)
    {
        if (await Find(id, token) is not { } stored) return;
        await OpenOf(stored.Value.Type).Remove(id, token);
        await All.Remove(id, token);
        await documents.Delete(FailedEvent.KeyOf(id)!.Value, default, token);
    }

    /// <summary>The open ones of a type that were kept until then, oldest first.</summary>
    public async Task<(IReadOnlyList<string> Ids, string? Next)> Open(string type, DateTimeOffset until, int limit, string? after, CancellationToken token)
    {
        var page = await OpenOf(type).Read(ByCreated, descending: false, null, UtcTimestamps.Text(until.AddMilliseconds(1)), limit, after, null, token);
        return ([.. page.Items.Select(i => i.GetProperty("id").GetString()!)], page.Next);
    }

    private static bool Same(FailedEvent one, FailedEvent two) => JsonElement.DeepEquals(Judged(one), Judged(two));

    private static JsonElement Judged(FailedEvent failed) =>
        JsonSerializer.SerializeToElement(failed with { CreatedAt = default, ChangedAt = default }, MarketingJson.Crm.FailedEvent);
}
