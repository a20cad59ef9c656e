using System.Collections.Concurrent;
using Crm.Ports;

namespace Crm.Channels;

/// <summary>Connections with their keys at hand. A change made by another instance is seen within ten seconds.</summary>
public sealed class OpenConnections(IDocuments documents, ISecrets secrets, ChannelsByProvider channels, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    // Unknown ids are not remembered, so that guessing fills no memory.
    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    public static DocumentKey KeyOf(string id) => new(Containers.Catalog, Connection.KindName, id);

    /// <summary>Null when there is no such connection or it is disabled.</summary>
    public ValueTask<OpenConnection?> Find(string id, CancellationToken token) =>
        _known.TryGetValue(id, out var entry) && clock.GetUtcNow() - entry.At < Fresh
            ? ValueTask.FromResult<OpenConnection?>(entry.Open)
            : Load(id, token);

    public void Forget(string id) => _known.TryRemove(id, out _);

    private async ValueTask<OpenConnection?> Load(string id, CancellationToken token)
    {
        if (id.Length is 0 or > 64 || id.AsSpan().ContainsAnyExcept(Plain)) return null;
        var stored = await documents.Get(KeyOf(id), ChannelsJson.Crm.Connection, token);
        if (stored is null || stored.Value.Disabled)
        {
            Forget(id);
            return null;
        }
        var channel = channels.Find(stored.Value.Provider);
        var keys = new List<SigningKey>();
        foreach (var reference in stored.Value.SecretRefs)
        {
            if (await secrets.Read(reference, token) is { } secret && channel?.KeyOf(secret) is { } key) keys.Add(key);
        }
        var open = new OpenConnection(stored.Value, keys);
        _known[id] = new Entry(open, clock.GetUtcNow());
        return open;
    }

    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private sealed record Entry(OpenConnection Open, DateTimeOffset At);
}

public sealed record OpenConnection(Connection Connection, IReadOnlyList<SigningKey> Keys);
