using System.Net;
using Crm.Ports;
using Microsoft.Azure.Cosmos;

namespace Crm.Adapters.Cosmos;

/// <summary>
/// One document's write. Every call marks what it writes, so that a write whose answer was lost, and which is sent again, finds itself
/// and not a stranger.
/// </summary>
internal sealed class PointWrites(Container container, ContainerDefinition definition, TimeProvider clock)
{
    private const int MostTries = 3;
    private const int MostRaces = 200;

    private readonly ItemRequestOptions quiet = new() { EnableContentResponseOnWrite = false };

    public async Task<StoredItem?> Read(DocumentKey key, CancellationToken token)
    {
        var answer = await Service.Send(definition.Name, "read", () => container.ReadItemStreamAsync(key.Id, new PartitionKey(key.Partition), null, token), token);
        if (answer.Status is HttpStatusCode.NotFound) return null;
        if (!answer.IsDone) throw Service.Failed(answer);
        using var json = answer.Json!;
        return StoredItem.Read(definition, json.RootElement);
    }

    public async Task<WriteOutcome> Put(DocumentWrite write, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var id = Guid.NewGuid().ToString("N");
        var (bytes, until) = StoredItem.Of(definition, write, id, clock.GetUtcNow());
        var (failures, look) = (0, false);
        for (var race = 0; race < MostRaces; race++)
        {
            var step = await Next(write, id, look, token);
            if (step.Outcome is { } known) return known;

            var answer = await Send(write.Key, bytes, step, token);
            if (answer.IsDone) return new WriteOutcome.Written(ETags.Of(ETags.Bare(answer.ETag!), until));
            if (answer.Status is HttpStatusCode.RequestEntityTooLarge) return new WriteOutcome.TooLarge(write.Json?.Length ?? 0);
            if (answer.IsUnknown && ++failures >= MostTries) throw Service.Failed(answer);
            if (!answer.IsUnknown && !IsRefusal(answer.Status)) throw Service.Failed(answer);
            if (IsRefusal(answer.Status) && write.Precondition.IfMatch is not null)
            {
                var current = await Read(write.Key, token);
                return current?.Write == id ? new WriteOutcome.Written(current.ETag) : Refusal(write, current);
            }
            look = true;
        }
        throw new StoreUnavailableException("Too many write this document at once.");
    }

    /// <summary>Missing, Exists or Changed, by what is there.</summary>
    public WriteOutcome Refusal(DocumentWrite write, StoredItem? current) =>
        current is null || !current.IsLive(Now) ? new WriteOutcome.Missing()
        : write.Precondition.IfMatch is null ? new WriteOutcome.Exists()
        : new WriteOutcome.Changed();

    /// <summary>The document's own refusal, as opposed to the service's: another was there first, or this very call was.</summary>
    public static bool IsRefusal(HttpStatusCode? status) =>
        status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound;

    /// <summary>What to send for a write; reads where only the current document can tell.</summary>
    /// <param name="id">The call's mark.</param>
    /// <param name="look">An earlier try of this call was refused, or its answer got lost.</param>
    public async Task<Step> Next(DocumentWrite write, string id, bool look, CancellationToken token)
    {
        var deletes = write.Json is null;
        if (write.Precondition.IfMatch is { } etag)
        {
            return ETags.Matching(etag, Now) is { } version ? Step.Replace(version) : Step.Known(Refusal(write, await Read(write.Key, token)));
        }
        if (!deletes && !look) return write.Precondition.IfAbsent ? Step.Create : Step.Upsert;

        var current = await Read(write.Key, token);
        if (look && current?.Write == id) return Step.Known(new WriteOutcome.Written(current.ETag));
        if (!deletes && !write.Precondition.IfAbsent) return Step.Upsert;
        if (current is null || !current.IsLive(Now)) return deletes ? Step.Known(new WriteOutcome.Missing()) : current is null ? Step.Create : Step.Replace(current.Version);
        return write.Precondition.IfAbsent ? Step.Known(new WriteOutcome.Exists()) : Step.Replace(current.Version);
    }

    private Task<Answer> Send(DocumentKey key, byte[] bytes, Step step, CancellationToken token)
    {
        var partition = new PartitionKey(key.Partition);
        return step.Kind switch
        {
            StepKind.Create => Service.Send(definition.Name, "create", () => container.CreateItemStreamAsync(new MemoryStream(bytes), partition, quiet, token), token),
            StepKind.Upsert => Service.Send(definition.Name, "upsert", () => container.UpsertItemStreamAsync(new MemoryStream(bytes), partition, quiet, token), token),
            _ => Service.Send(definition.Name, "replace", () => container.ReplaceItemStreamAsync(new MemoryStream(bytes), key.Id, partition, new ItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = step.IfMatch }, token), token),
        };
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
