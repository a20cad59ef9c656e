using Crm.Ports;

namespace Crm.Tests.Suites;

/// <summary>Counts what is asked of an engine, and can refuse all writes after a number of them.</summary>
internal sealed class CountedDocuments(IDocuments inner) : IDocuments
{
    private readonly Lock _gate = new();
    private int _gets;
    private int _queries;
    private int _writes;
    private Task? _before;

    public int Gets => _gets;

    public int Queries => _queries;

    public int Writes => _writes;

    /// <summary>What happens before the first batch.</summary>
    public Func<Task>? BeforeBatches { get; set; }

    /// <summary>Writes that still succeed; from then on the store is unavailable.</summary>
    public int WritesLeft { get; set; } = int.MaxValue;

    public ValueTask<StoredDocument?> Get(DocumentKey key, CancellationToken token)
    {
        Interlocked.Increment(ref _gets);
        return inner.Get(key, token);
    }

    public ValueTask<WriteOutcome> Put(DocumentWrite write, CancellationToken token)
    {
        CountWrite();
        return inner.Put(write, token);
    }

    public ValueTask<WriteOutcome> Delete(DocumentKey key, Precondition precondition, CancellationToken token)
    {
        CountWrite();
        return inner.Delete(key, precondition, token);
    }

    public ValueTask<DocumentPage> Query(DocumentQuery query, CancellationToken token)
    {
        Interlocked.Increment(ref _queries);
        if (query.Partition is null) throw new InvalidOperationException("A search stays inside partitions.");
        return inner.Query(query, token);
    }

    public async ValueTask<BatchOutcome> Batch(IReadOnlyList<DocumentWrite> writes, CancellationToken token)
    {
        CountWrite();
        Task? before;
        lock (_gate) before = _before ??= BeforeBatches?.Invoke();
        if (before is not null) await before;
        return await inner.Batch(writes, token);
    }

    public ValueTask<FeedPage> Feed(string container, string? continuation, int limit, CancellationToken token) => inner.Feed(container, continuation, limit, token);

    private void CountWrite()
    {
        if (Interlocked.Increment(ref _writes) > WritesLeft) throw new StoreUnavailableException("The test says so.");
    }
}
