using Crm.Ports;

namespace Crm.Tests.EmbeddedHost;

/// <summary>An engine whose calls a test can hold up or refuse.</summary>
internal sealed class FaultyDocuments(IDocuments inner) : IDocuments
{
    public Func<DocumentWrite, CancellationToken, Task> BeforePut { get; set; } = (_, _) => Task.CompletedTask;

    public Action BeforeFeed { get; set; } = () => { };

    public ValueTask<StoredDocument?> Get(DocumentKey key, CancellationToken token) => inner.Get(key, token);

    public async ValueTask<WriteOutcome> Put(DocumentWrite write, CancellationToken token)
    {
        await BeforePut(write, token);
        return await inner.Put(write, token);
    }

    public ValueTask<WriteOutcome> Delete(DocumentKey key, Precondition precondition, CancellationToken token) => inner.Delete(key, precondition, token);

    public ValueTask<DocumentPage> Query(DocumentQuery query, CancellationToken token) => inner.Query(query, token);

    public ValueTask<BatchOutcome> Batch(IReadOnlyList<DocumentWrite> writes, CancellationToken token) => inner.Batch(writes, token);

    public ValueTask<FeedPage> Feed(string container, string? continuation, int limit, CancellationToken token)
    {
        BeforeFeed();
        return inner.Feed(container, continuation, limit, token);
    }
}
