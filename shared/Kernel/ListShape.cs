using System.Text.Json.Serialization.Metadata;

namespace Crm.Kernel;

/// <summary>What a list of one noun can be asked for.</summary>
/// <param name="Filters">As they stand in a query: <c>tag</c>, <c>createdAt[gte]</c>.</param>
/// <param name="Sorts">Properties to sort by; the first is the default, <c>-</c> before it for descending.</param>
/// <param name="Fields">Properties that <c>fields</c> may name; empty where there is no choice.</param>
public sealed record ListShape(IReadOnlyList<string> Filters, IReadOnlyList<string> Sorts, IReadOnlyList<string> Fields)
{
    /// <summary>Neither filters nor sorts nor fields.</summary>
    public static ListShape Plain { get; } = new([], [], []);

    /// <summary>The fields are those of the item's JSON.</summary>
    public static ListShape Of<T>(JsonTypeInfo<T> item, IReadOnlyList<string> sorts, params IReadOnlyList<string> filters) =>
        new(filters, sorts, [.. item.Properties.Where(p => p.Get is not null).Select(p => p.Name)]);
}

/// <summary>One property to sort by.</summary>
public sealed record ListSort(string Field, bool Descending);
