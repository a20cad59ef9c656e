namespace Crm.Ports;

/// <summary>Where a document lives. Id and partition are 1 to 255 characters of <c>A-Z a-z 0-9 . _ ~ : @ -</c>.</summary>
public readonly record struct DocumentKey(string Container, string Partition, string Id);

/// <summary>One version of a document. <paramref name="ETag"/> is opaque and differs for every version ever written.</summary>
public sealed record StoredDocument(DocumentKey Key, string ETag, ReadOnlyMemory<byte> Json, DateTimeOffset Written);

/// <summary>
/// One write. <paramref name="TimeToLive"/> counts from this write (null: the container's default, if it has one); a
/// document past it is gone for every reader at once, whenever its purge happens. A null body deletes (with tombstone).
/// </summary>
public sealed record DocumentWrite(
    DocumentKey Key,
    ReadOnlyMemory<byte>? Json,
    Precondition Precondition = default,
    TimeSpan? TimeToLive = null);

/// <summary>What must hold for a write to happen. The default asks for nothing (an upsert).</summary>
public readonly record struct Precondition(string? IfMatch, bool IfAbsent)
{
    /// <summary>Only if no live document has this key (If-None-Match: *).</summary>
    public static Precondition Absent { get; } = new(null, true);

    /// <summary>Only if the document's current version has this ETag.</summary>
    public static Precondition Match(string etag) => new(etag, false);
}

/// <summary>One page, and where the next begins; null means there is no further page.</summary>
public sealed record DocumentPage(IReadOnlyList<StoredDocument> Documents, string? Continuation);

/// <summary>One page of changes and where to go on from.</summary>
public sealed record FeedPage(IReadOnlyList<FeedItem> Changes, string Continuation);

/// <summary>The latest version of a changed document, or its tombstone.</summary>
public sealed record FeedItem(DocumentKey Key, string ETag, ReadOnlyMemory<byte> Json, DateTimeOffset Written, bool Deleted);
