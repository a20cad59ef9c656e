namespace Crm.Ports;

/// <summary>
/// Named bytes, as Blob Storage keeps them. A name is 1 to 1,024 characters: segments of <c>A-Z a-z 0-9 . _ = -</c> joined by
/// <c>/</c>, no segment of dots alone (<see cref="ArgumentException"/> otherwise). No name may be the folder of another (<c>a</c> and
/// <c>a/b</c>): some engines keep blobs as files.
/// </summary>
public interface IBlobs
{
    /// <summary>
    /// Writes the whole stream, or nothing: readers see the old bytes or the new ones. Durable when it returns. Null: the
    /// precondition did not hold.
    /// </summary>
    /// <returns>The new version's ETag.</returns>
    Task<string?> Put(string name, Stream content, string contentType, Precondition precondition, CancellationToken token);

    /// <summary>Null when there is no such blob. The caller disposes the stream.</summary>
    Task<BlobContent?> Open(string name, CancellationToken token);

    /// <summary>Null when there is no such blob.</summary>
    Task<BlobProperties?> Find(string name, CancellationToken token);

    /// <summary>False when there was no such blob.</summary>
    Task<bool> Delete(string name, CancellationToken token);

    /// <summary>All blobs whose name begins with the prefix, by ordinal order of name.</summary>
    IAsyncEnumerable<BlobProperties> List(string prefix, CancellationToken token);
}

/// <param name="Length">Bytes.</param>
/// <param name="Written">UTC.</param>
public sealed record BlobProperties(string Name, string ETag, string ContentType, long Length, DateTimeOffset Written);

public sealed record BlobContent(BlobProperties Properties, Stream Content) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

public static class BlobNames
{
    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._=-");

    public static bool IsName(string text)
    {
        if (text.Length is 0 or > 1024) return false;
        foreach (var range in text.AsSpan().Split('/'))
        {
            var segment = text.AsSpan(range);
            if (segment.IsEmpty || segment.ContainsAnyExcept(Plain) || segment.Trim('.').IsEmpty) return false;
        }
        return true;
    }

    /// <exception cref="ArgumentException">The text is not a blob's name.</exception>
    public static void Check(string name)
    {
        if (!IsName(name))
            throw new ArgumentException("A blob's name is 1 to 1,024 characters: segments of A-Z a-z 0-9 . _ = - joined by /, none empty or of dots alone.", nameof(name));
    }
}
