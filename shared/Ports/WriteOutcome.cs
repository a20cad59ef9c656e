namespace Crm.Ports;

/// <summary>What became of a write; <see cref="Match"/> names every case, so that none is forgotten.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome() { }

    /// <summary>Durable, under this new ETag.</summary>
    public sealed record Written(string ETag) : WriteOutcome;

    /// <summary>A live document has this key already (If-None-Match).</summary>
    public sealed record Exists : WriteOutcome;

    /// <summary>The document's version is another than the one asked for (If-Match).</summary>
    public sealed record Changed : WriteOutcome;

    /// <summary>No live document has this key (If-Match, or a delete).</summary>
    public sealed record Missing : WriteOutcome;

    /// <summary>The body is larger than <see cref="Limits.DocumentBytes"/>.</summary>
    public sealed record TooLarge(int Bytes) : WriteOutcome;

    public T Match<T>(Func<Written, T> written, Func<T> exists, Func<T> changed, Func<T> missing, Func<TooLarge, T> tooLarge) => this switch
    {
        Written w => written(w),
        Exists => exists(),
        Changed => changed(),
        Missing => missing(),
        TooLarge t => tooLarge(t),
        _ => throw new InvalidOperationException(GetType().Name),
    };
}

/// <summary>What became of a batch.</summary>
public abstract record BatchOutcome
{
    private BatchOutcome() { }

    /// <summary>Every operation is durable; the ETags are in the order of the writes.</summary>
    public sealed record Written(IReadOnlyList<string> ETags) : BatchOutcome;

    /// <summary>Nothing was written: the operation at <paramref name="Index"/> was refused for <paramref name="Reason"/>.</summary>
    public sealed record Refused(int Index, WriteOutcome Reason) : BatchOutcome;

    public T Match<T>(Func<Written, T> written, Func<Refused, T> refused) => this switch
    {
        Written w => written(w),
        Refused r => refused(r),
        _ => throw new InvalidOperationException(GetType().Name),
    };
}
