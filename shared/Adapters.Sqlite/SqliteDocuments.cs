using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>Documents in the store. Reads run and complete on the caller's thread; writes go through the one writer.</summary>
public sealed class SqliteDocuments : IDocuments, IWriteSignal
{
    private readonly SqliteStore store;

    internal SqliteDocuments(SqliteStore store) => this.store = store;

    public ValueTask<StoredDocument?> Get(DocumentKey key, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var table = store.Table(key.Container);
        // No document has such a key.
        if (!DocumentKeys.IsValid(key) || (!table.IsPartitioned && key.Id != key.Partition)) return new((StoredDocument?)null);
        return new(store.Read((table, key, now: store.Clock.Now()), static (session, asked) =>
        {
            var row = session.Prepared(asked.table.Statements.Get).Bind(1, asked.now).Bind(2, asked.key.Partition).Bind(3, asked.key.Id);
            if (!row.Step()) return null;
            var found = new StoredDocument(asked.key, ETags.Of(row.Integer(0)), row.Utf8(2).ToArray(), DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(1)));
            row.Reset();
            return found;
        }));
    }

    public ValueTask<WriteOutcome> Put(DocumentWrite write, CancellationToken token)
    {
        var table = store.Table(write.Key.Container);
        if (write.Json is { Length: > Limits.DocumentBytes } json) return new(new WriteOutcome.TooLarge(json.Length));
        return new(store.Write(new PutDocument(DocumentChange.Of(table, write), token)));
    }

    public ValueTask<WriteOutcome> Delete(DocumentKey key, Precondition precondition, CancellationToken token) =>
        Put(new DocumentWrite(key, null, precondition), token);

    public ValueTask<DocumentPage> Query(DocumentQuery query, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        CheckLimit(query.Limit);
        var table = store.Table(query.Container);
        return new(store.Read((table, query, text: QueryText.Of(table, query), now: store.Clock.Now()), static (session, asked) =>
            ReadQuery.Page(session, asked.table, asked.query, asked.text, asked.now)));
    }

    public ValueTask<BatchOutcome> Batch(IReadOnlyList<DocumentWrite> writes, CancellationToken token)
    {
        if (writes.Count is 0 or > Limits.BatchOperations) throw new ArgumentException($"A batch has 1 to {Limits.BatchOperations} operations.", nameof(writes));
        var first = writes[0].Key;
        var table = store.Table(first.Container);
        var ids = new HashSet<string>(writes.Count, StringComparer.Ordinal);
        var bytes = 0L;
        var changes = new DocumentChange[writes.Count];
        for (var i = 0; i < changes.Length; i++)
        {
            var write = writes[i];
            if (write.Key.Container != first.Container || write.Key.Partition != first.Partition) throw new ArgumentException("A batch is of one partition.", nameof(writes));
            if (!ids.Add(write.Key.Id)) throw new ArgumentException("A batch names each id once.", nameof(writes));
            if ((bytes += write.Json?.Length ?? 0) > Limits.DocumentBytes) throw new ArgumentException($"A batch holds at most {Limits.DocumentBytes} bytes.", nameof(writes));
            changes[i] = DocumentChange.Of(table, write);
        }
        return new(store.Write(new PutBatch(changes, token)));
    }

    public ValueTask<FeedPage> Feed(string container, string? continuation, int limit, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        CheckLimit(limit);
        var table = store.Table(container);
        return new(store.Read((table, after: FeedPosition.Read(container, continuation), limit, now: store.Clock.Now()), static (session, asked) =>
            ReadFeed.Page(session, asked.table, asked.after, asked.limit, asked.now)));
    }

    public long Current(string topic) => store.Signals.Current(topic);

    public Task After(string topic, long seen, CancellationToken token) => store.Signals.After(topic, seen, token);

    private static void CheckLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, Limits.PageSize);
    }
}
