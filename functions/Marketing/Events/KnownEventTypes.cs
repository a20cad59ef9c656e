using System.Collections.Concurrent;
using Crm.Ports;
using Crm.Schemas;

namespace Crm.Marketing.Events;

/// <summary>Event types as they are now, with their schemas ready. A schema is made ready once for each version of its document.</summary>
public sealed class KnownEventTypes(EventTypes types)
{
    private const int MostKept = 500;

    private readonly ConcurrentDictionary<string, CheckedSchema> ready = new(StringComparer.Ordinal);

    /// <summary>Null for a name that no type has.</summary>
    public async ValueTask<KnownEventType?> Find(string name, CancellationToken token)
    {
        if (await types.Find(EventType.IdOf(name), token) is not { } type) return null;
        return new KnownEventType(type.Value.Version, await SchemaOf(type, token));
    }

    private async ValueTask<CheckedSchema?> SchemaOf(Stored<EventType> type, CancellationToken token)
    {
        if (type.Value.Schema is not { } schema) return null;
        if (ready.TryGetValue(type.ETag, out var kept)) return kept;
        if (ready.Count >= MostKept) ready.Clear();
        return ready[type.ETag] = await CheckedSchema.Of(schema, token);
    }
}

/// <param name="Schema">Null takes any properties.</param>
public sealed record KnownEventType(int Version, CheckedSchema? Schema);
