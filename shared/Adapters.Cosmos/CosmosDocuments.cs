using System.Net;
using Crm.Ports;
using Microsoft.Azure.Cosmos;

namespace Crm.Adapters.Cosmos;

/// <summary>Documents in a database of Cosmos DB. A body may not use the names <c>crm</c>, <c>ttl</c> and the service's own.</summary>
public sealed class CosmosDocuments : IDocuments
{
    private const int MostPageBytes = 8 * 1024 * 1024;

    private readonly Database database;
    private readonly TimeProvider clock;

    internal CosmosDocuments(Database database, TimeProvider clock) => (this.database, this.clock) = (database, clock);

    public async ValueTask<StoredDocument?> Get(DocumentKey key, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var definition = Containers.Named(key.Container);
        if (!DocumentKeys.IsValid(key) || (definition.PartitionProperty == "id" && key.Id != key.Partition)) return null;
        var item = await Points(definition).Read(key, token);
        return item is not null && item.IsLive(Now) ? item.Document() : null;
    }

    public async ValueTask<WriteOutcome> Put(DocumentWrite write, CancellationToken token)
    {
        var definition = Containers.Named(write.Key.Container);
        if (write.Json is { Length: > Limits.DocumentBytes } json) return new WriteOutcome.TooLarge(json.Length);
        return await Points(definition).Put(write, token);
    }

    public ValueTask<WriteOutcome> Delete(DocumentKey key, Precondition precondition, CancellationToken token) =>
        Put(new DocumentWrite(key, null, precondition), token);

    public async ValueTask<BatchOutcome> Batch(IReadOnlyList<DocumentWrite> writes, CancellationToken token)
    {
        if (writes.Count is 0 or > Limits.BatchOperations) throw new ArgumentException($"A batch has 1 to {Limits.BatchOperations} operations.", nameof(writes));
        var first = writes[0].Key;
        var definition = Containers.Named(first.Container);
        if (writes.Any(w => w.Key.Container != first.Container || w.Key.Partition != first.Partition)) throw new ArgumentException("A batch is of one partition.", nameof(writes));
        if (writes.DistinctBy(w => w.Key.Id).Count() != writes.Count) throw new ArgumentException("A batch names each id once.", nameof(writes));
        if (writes.Sum(w => (long)(w.Json?.Length ?? 0)) > Limits.DocumentBytes) throw new ArgumentException($"A batch holds at most {Limits.DocumentBytes} bytes.", nameof(writes));
        return await new BatchWrites(Container(definition), definition, Points(definition), clock).Write(writes, token);
    }

    public async ValueTask<DocumentPage> Query(DocumentQuery query, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        CheckLimit(query.Limit);
        var definition = Containers.Named(query.Container);
        var after = QueryContinuation.Read(query);
        var text = new QueryText(definition, query, after, Now);
        if (query.Partition is { } partition && !DocumentKeys.IsId(partition)) return new DocumentPage([], null);

        var options = new QueryRequestOptions { MaxItemCount = text.IsSortedHere ? -1 : query.Limit + 1, EnableScanInQuery = true };
        if (query.Partition is not null) options.PartitionKey = new PartitionKey(query.Partition);
        using var pages = Container(definition).GetItemQueryStreamIterator(text.Definition(), null, options);
        var found = new List<(StoredItem Item, object? Order)>();
        var bytes = 0L;
        while (pages.HasMoreResults && (text.IsSortedHere || (found.Count <= query.Limit && bytes < MostPageBytes)))
        {
            var answer = await Service.Send(definition.Name, "query", () => pages.ReadNextAsync(token), token);
            if (!answer.IsDone) throw Service.Failed(answer);
            using var json = answer.Json!;
            foreach (var element in json.RootElement.GetProperty("Documents").EnumerateArray())
            {
                var item = StoredItem.Read(definition, element);
                found.Add((item, query.OrderBy is null or "id" ? null : QueryContinuation.Value(element.GetProperty(query.OrderBy))));
                bytes += item.Json.Length;
            }
        }
        if (text.IsSortedHere) found = SortedHere.After(found, after, query.Descending);
        var taken = found.Take(query.Limit).ToList();
        var more = found.Count > taken.Count || (pages.HasMoreResults && taken.Count > 0);
        return new DocumentPage(
            [.. taken.Select(t => t.Item.Document())],
            more ? QueryContinuation.Of(query, new QueryPosition(taken[^1].Order, taken[^1].Item.Key.Id, taken[^1].Item.Key.Partition)) : null);
    }

    public async ValueTask<FeedPage> Feed(string container, string? continuation, int limit, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        CheckLimit(limit);
        var definition = Containers.Named(container);
        var place = FeedContinuation.Read(container, continuation);
        while (true)
        {
            var from = place.Service is { } known ? ChangeFeedStartFrom.ContinuationToken(known) : ChangeFeedStartFrom.Beginning();
            using var pages = Container(definition).GetChangeFeedStreamIterator(from, ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = limit });
            string? next = null;
            var answer = await Service.Send(definition.Name, "feed", async () =>
            {
                var response = await pages.ReadNextAsync(token);
                next = response.ContinuationToken;
                return response;
            }, token);
            if (answer.Status is HttpStatusCode.NotModified) return new FeedPage([], new FeedContinuation(next, []).Text(container));
            if (answer.Status is HttpStatusCode.BadRequest) throw new ArgumentException("The continuation is not of this feed.", nameof(continuation));
            if (!answer.IsDone) throw Service.Failed(answer);

            var told = place.Told.ToHashSet(StringComparer.Ordinal);
            using var json = answer.Json!;
            var items = json.RootElement.GetProperty("Documents").EnumerateArray().Select(e => StoredItem.Read(definition, e))
                .Where(i => !told.Contains(i.Version) && (i.IsTombstone ? i.Purge : i.Until) > Now).ToList();
            var page = items.Take(limit).ToList();
            var following = items.Count > limit ? place with { Told = [.. place.Told, .. page.Select(i => i.Version)] } : new FeedContinuation(next, []);
            if (page.Count > 0) return new FeedPage([.. page.Select(Change)], following.Text(container));
            place = following;
        }
    }

    private static FeedItem Change(StoredItem item) =>
        new(item.Key, item.ETag, item.Json, DateTimeOffset.FromUnixTimeMilliseconds(item.Written), item.IsTombstone);

    private static void CheckLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Limits.PageSize);
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private Container Container(ContainerDefinition definition) => database.GetContainer(definition.Name);

    private PointWrites Points(ContainerDefinition definition) => new(Container(definition), definition, clock);
}
