using System.Collections.Concurrent;
using Crm.Ports;

namespace Crm.Operations;

/// <summary>Keys by value or id. A key revoked by another instance is refused within ten seconds.</summary>
public sealed class ApiKeys(IDocuments documents, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, (ApiKey Key, DateTimeOffset At)> _known = new(StringComparer.Ordinal);

    public static DocumentKey KeyOf(string id) => new(Containers.Catalog, ApiKey.KindName, id);

    /// <summary>Null when no such key exists.</summary>
    public async ValueTask<ApiKey?> Find(string value, CancellationToken token)
    {
        if (value.Length is 0 or > 200) return null;
        return await ById(ApiKey.IdOf(value), token) is { } key && key.Is(value) ? key : null;
    }

    public async ValueTask<ApiKey?> ById(string id, CancellationToken token)
    {
        if (_known.TryGetValue(id, out var known) && clock.GetUtcNow() - known.At < Fresh) return known.Key;
        var stored = await documents.Get(KeyOf(id), OperationsJson.Crm.ApiKey, token);
        if (stored is null)
        {
            _known.TryRemove(id, out _);
            return null;
        }
        _known[id] = (stored.Value, clock.GetUtcNow());
        return stored.Value;
    }

    /// <summary>Kept as its hash; an equal key stays as it is.</summary>
    public ValueTask<WriteOutcome> Keep(ApiKey key, CancellationToken token) =>
        documents.Put(KeyOf(key.Id), key, OperationsJson.Crm.ApiKey, token, Precondition.Absent);

    /// <summary>False when there was no such key.</summary>
    public async ValueTask<bool> Revoke(string id, CancellationToken token)
    {
        var outcome = await documents.Delete(KeyOf(id), default, token);
        _known.TryRemove(id, out _);
        return outcome is WriteOutcome.Written;
    }
}
