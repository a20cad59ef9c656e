namespace Crm.Ports;

/// <summary>
/// A filter inside one container, not a query language. Without a partition the query crosses partitions: bounded by
/// <paramref name="Limit"/>, and only over paths that the container declares in <see cref="Containers"/>.
/// </summary>
/// <param name="Container">One of <see cref="Containers"/>.</param>
/// <param name="Partition">Null crosses partitions.</param>
/// <param name="Where">All must hold. Paths are top-level property names.</param>
/// <param name="OrderBy">A property present in every match (documents without it are left out); ties by id. Null: by id.</param>
/// <param name="Limit">1 to <see cref="Limits.PageSize"/>.</param>
/// <param name="Continuation">From an earlier page of the same query; anything else throws <see cref="ArgumentException"/>.</param>
public sealed record DocumentQuery(
    string Container,
    string? Partition,
    IReadOnlyList<Condition> Where,
    string? OrderBy = null,
    bool Descending = false,
    int Limit = 50,
    string? Continuation = null);

/// <summary>One condition on a property. Values are strings, long, double or bool; strings compare by ordinal.</summary>
public abstract record Condition(string Path)
{
    public sealed record Equal(string Path, object Value) : Condition(Path);

    /// <summary>Inclusive at <paramref name="From"/>, exclusive at <paramref name="To"/>; null leaves that side open.</summary>
    public sealed record Range(string Path, object? From, object? To) : Condition(Path);

    public sealed record Prefix(string Path, string Text) : Condition(Path);

    /// <summary>The property is an array that holds the value.</summary>
    public sealed record Contains(string Path, object Value) : Condition(Path);
}
