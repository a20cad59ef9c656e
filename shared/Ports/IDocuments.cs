namespace Crm.Ports;

/// <summary>
/// JSON documents in containers, each in one partition, as Cosmos DB keeps them; every engine keeps the same promises
/// (the suite <c>DocumentsPromises</c>).
/// </summary>
/// <remarks>
/// A body is a UTF-8 JSON object whose <c>id</c> and partition property equal the key (an <see cref="ArgumentException"/>
/// otherwise), at most <see cref="Limits.DocumentBytes"/>. An acknowledged write is durable. When the store cannot
/// answer, a call throws <see cref="StoreUnavailableException"/> and nothing, or everything, was written.
/// </remarks>
public interface IDocuments
{
    /// <summary>The current version, or null when the document is absent, deleted or past its time to live.</summary>
    ValueTask<StoredDocument?> Get(DocumentKey key, CancellationToken token);

    /// <summary>Writes the whole document if the precondition holds.</summary>
    ValueTask<WriteOutcome> Put(DocumentWrite write, CancellationToken token);

    /// <summary>
    /// Replaces the document by a tombstone (<c>{"id", partition, "deleted": true}</c>): the feed shows it,
    /// <see cref="Get"/> and <see cref="Query"/> do not. The tombstone is purged after <see cref="Limits.TombstoneLife"/>;
    /// that purge, like every expiry, never shows in the feed.
    /// </summary>
    ValueTask<WriteOutcome> Delete(DocumentKey key, Precondition precondition, CancellationToken token);

    /// <summary>One page of a filter inside one container. Deleted and expired documents are left out.</summary>
    ValueTask<DocumentPage> Query(DocumentQuery query, CancellationToken token);

    /// <summary>
    /// Writes to one partition, all or nothing: at most <see cref="Limits.BatchOperations"/> operations and
    /// <see cref="Limits.DocumentBytes"/> in sum, each id at most once (<see cref="ArgumentException"/> otherwise).
    /// </summary>
    ValueTask<BatchOutcome> Batch(IReadOnlyList<DocumentWrite> writes, CancellationToken token);

    /// <summary>
    /// Changes after the continuation (null: from the beginning). Only the latest version of a document shows, so
    /// successive updates may collapse into one; deletes show as tombstones, expiries never; order holds only within one
    /// partition; a change may show again, and is never left out. An empty page still carries a continuation.
    /// </summary>
    ValueTask<FeedPage> Feed(string container, string? continuation, int limit, CancellationToken token);
}
