using System.Net;
using Crm.Ports;
using Microsoft.Azure.Cosmos;

namespace Crm.Adapters.Cosmos;

/// <summary>Writes to one partition in one transaction of the service.</summary>
internal sealed class BatchWrites(Container container, ContainerDefinition definition, PointWrites points, TimeProvider clock)
{
    private const int MostTries = 3;
    private const int MostRaces = 200;

    private static readonly TransactionalBatchItemRequestOptions Quiet = new() { EnableContentResponseOnWrite = false };

    public async Task<BatchOutcome> Write(IReadOnlyList<DocumentWrite> writes, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var id = Guid.NewGuid().ToString("N");
        var now = clock.GetUtcNow();
        var items = writes.Select(w => StoredItem.Of(definition, w, id, now)).ToArray();
        var look = new bool[writes.Count];
        var failures = 0;
        for (var race = 0; race < MostRaces; race++)
        {
            var steps = new Step[writes.Count];
            for (var i = 0; i < steps.Length; i++)
            {
                steps[i] = await points.Next(writes[i], id, look[i], token);
                if (steps[i].Outcome is WriteOutcome.Written) return await AlreadyWritten(writes, id, token);
                if (steps[i].Outcome is { } refused) return new BatchOutcome.Refused(i, refused);
            }

            var (answer, results) = await Send(writes[0].Key.Partition, writes, items, steps, token);
            if (answer.IsDone) return new BatchOutcome.Written([.. results.Select((r, i) => ETags.Of(ETags.Bare(r.ETag), items[i].Until))]);
            var at = results.FindIndex(r => PointWrites.IsRefusal(r.StatusCode));
            if (at < 0 && (!answer.IsUnknown || ++failures >= MostTries))
            {
                if (answer.Status is not HttpStatusCode.RequestEntityTooLarge) throw Service.Failed(answer);
                var largest = Enumerable.Range(0, writes.Count).MaxBy(i => writes[i].Json?.Length ?? 0);
                return new BatchOutcome.Refused(largest, new WriteOutcome.TooLarge(writes[largest].Json?.Length ?? 0));
            }
            if (at < 0)
            {
                // Whether it was written shows in any one of its documents.
                look[0] = true;
                if (writes[0].Precondition.IfMatch is null) continue;
                if ((await points.Read(writes[0].Key, token))?.Write == id) return await AlreadyWritten(writes, id, token);
                continue;
            }
            look[at] = true;
            if (writes[at].Precondition.IfMatch is null) continue;
            var current = await points.Read(writes[at].Key, token);
            return current?.Write == id ? await AlreadyWritten(writes, id, token) : new BatchOutcome.Refused(at, points.Refusal(writes[at], current));
        }
        throw new StoreUnavailableException("Too many write this partition at once.");
    }

    /// <summary>The ETags of a batch whose answer was lost; a document that was written again since has one that matches nothing.</summary>
    private async Task<BatchOutcome> AlreadyWritten(IReadOnlyList<DocumentWrite> writes, string id, CancellationToken token)
    {
        var etags = new string[writes.Count];
        for (var i = 0; i < etags.Length; i++)
        {
            var current = await points.Read(writes[i].Key, token);
            etags[i] = current?.Write == id ? current.ETag : $"{id}-{i}";
        }
        return new BatchOutcome.Written(etags);
    }

    private async Task<(Answer Answer, List<TransactionalBatchOperationResult> Results)> Send(
        string partition, IReadOnlyList<DocumentWrite> writes, (byte[] Bytes, long Until)[] items, Step[] steps, CancellationToken token)
    {
        var batch = container.CreateTransactionalBatch(new PartitionKey(partition));
        for (var i = 0; i < steps.Length; i++)
        {
            var stream = new MemoryStream(items[i].Bytes);
            _ = steps[i].Kind switch
            {
                StepKind.Create => batch.CreateItemStream(stream, Quiet),
                StepKind.Upsert => batch.UpsertItemStream(stream, Quiet),
                _ => batch.ReplaceItemStream(writes[i].Key.Id, stream, new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = steps[i].IfMatch }),
            };
        }
        try
        {
            using var response = await batch.ExecuteAsync(token);
            Service.Measure(definition.Name, "batch", response.StatusCode, response.RequestCharge);
            return (new Answer(response.StatusCode, null, null, response.RetryAfter, null), [.. response]);
        }
        catch (Exception error) when (Service.IsTransport(error, token))
        {
            return (new Answer((error as CosmosException)?.StatusCode, null, null, (error as CosmosException)?.RetryAfter, error), []);
        }
    }
}
