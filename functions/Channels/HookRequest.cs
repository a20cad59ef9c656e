using Microsoft.AspNetCore.Http;

namespace Crm.Channels;

/// <summary>The raw request as it came.</summary>
public readonly record struct HookRequest(IHeaderDictionary Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>As sent, undecoded, with its question mark; empty without one.</summary>
    public string Query { get; init; } = "";

    /// <summary>What the address names beyond the connection, such as the <c>track</c> of <c>/v1/track</c>.</summary>
    public string? Call { get; init; }

    /// <summary>The header's only value; null when it is missing or repeated.</summary>
    public string? One(string name) => Headers[name] is { Count: 1 } values ? values[0] : null;

    /// <summary>The only value of a query parameter, decoded; null when it is missing or repeated.</summary>
    public string? Parameter(string name) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseNullableQuery(Query)?.GetValueOrDefault(name) is { Count: 1 } values ? values[0] : null;
}
