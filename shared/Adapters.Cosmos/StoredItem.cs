using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Crm.Ports;

namespace Crm.Adapters.Cosmos;

/// <summary>
/// A document as it lies in a container: the body's own properties, <c>crm</c> with what the adapter must know of it, and <c>ttl</c>,
/// by which the service purges it some time after it has become invisible.
/// </summary>
/// <param name="Version">The service's ETag without quotes.</param>
/// <param name="Until">Milliseconds since 1970 from which nobody sees the document; 0 for a tombstone.</param>
/// <param name="Purge">Milliseconds since 1970 from which the feed shows no tombstone.</param>
/// <param name="Write">Which call wrote it: a repeated write knows itself by it.</param>
internal sealed record StoredItem(DocumentKey Key, string Version, byte[] Json, long Written, long Until, long Purge, string Write)
{
    public const string Property = "crm";
    public const string TimeToLive = "ttl";

    /// <summary>The largest number that JSON readers agree about.</summary>
    public const long Forever = 9007199254740991;

    public bool IsTombstone => Until == 0;

    public string ETag => ETags.Of(Version, Until);

    public bool IsLive(long now) => Until > now;

    public StoredDocument Document() => new(Key, ETag, Json, DateTimeOffset.FromUnixTimeMilliseconds(Written));

    /// <summary>The bytes to store for one write.</summary>
    /// <exception cref="ArgumentException">Key, body or time to live are not as the port asks.</exception>
    public static (byte[] Bytes, long Until) Of(ContainerDefinition container, DocumentWrite write, string id, DateTimeOffset now)
    {
        DocumentKeys.Check(write.Key);
        if (container.PartitionProperty == "id" && write.Key.Id != write.Key.Partition) throw new ArgumentException("In this container the id is the partition.", nameof(write));
        var at = now.ToUnixTimeMilliseconds();
        var life = write.Json is null ? Limits.TombstoneLife : write.TimeToLive ?? container.TimeToLive;
        if (life is { } asked) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(asked, TimeSpan.Zero, nameof(write));
        var end = life is { } known ? at + (long)Math.Ceiling(known.TotalMilliseconds) : Forever;
        var body = write.Json is { } json ? Checked(json, write.Key, container.PartitionProperty) : Tombstone(write.Key, container.PartitionProperty);
        var until = write.Json is null ? 0 : end;
        // The service counts whole seconds, and never fewer than asked.
        var seconds = life is { } l ? (long)Math.Ceiling(l.TotalSeconds) + 1 : -1;
        var head = string.Create(CultureInfo.InvariantCulture, $$"""{"{{Property}}":{"at":{{at}},"until":{{until}},"purge":{{end}},"write":"{{id}}"},"{{TimeToLive}}":{{Math.Min(seconds, int.MaxValue)}},""");
        var open = body.Span.IndexOf((byte)'{');
        return ([.. Encoding.ASCII.GetBytes(head), .. body.Span[(open + 1)..]], until);
    }

    public static StoredItem Read(ContainerDefinition container, JsonElement item)
    {
        var own = item.GetProperty(Property);
        using var body = new MemoryStream();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            foreach (var property in item.EnumerateObject().Where(p => !IsOurs(p.Name))) property.WriteTo(writer);
            writer.WriteEndObject();
        }
        return new StoredItem(
            new DocumentKey(container.Name, item.GetProperty(container.PartitionProperty).GetString()!, item.GetProperty("id").GetString()!),
            ETags.Bare(item.GetProperty("_etag").GetString()!),
            body.ToArray(),
            own.GetProperty("at").GetInt64(),
            own.GetProperty("until").GetInt64(),
            own.GetProperty("purge").GetInt64(),
            own.GetProperty("write").GetString()!);
    }

    private static bool IsOurs(string name) => name is Property or TimeToLive or "_rid" or "_self" or "_etag" or "_ts" or "_attachments" or "_lsn" or "_metadata";

    private static ReadOnlyMemory<byte> Checked(ReadOnlyMemory<byte> json, DocumentKey key, string partitionProperty)
    {
        if (!Utf8.IsValid(json.Span)) throw new ArgumentException("A document is UTF-8.", nameof(json));
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new ArgumentException("A document is a JSON object.", nameof(json));
            Is(root, "id", key.Id);
            Is(root, partitionProperty, key.Partition);
            if (root.EnumerateObject().FirstOrDefault(p => IsOurs(p.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } taken)
                throw new ArgumentException($"'{taken.Name}' is the store's own property.", nameof(json));
        }
        catch (JsonException error)
        {
            throw new ArgumentException("A document is a JSON object.", nameof(json), error);
        }
        return json;
    }

    private static void Is(JsonElement root, string property, string expected)
    {
        if (!root.TryGetProperty(property, out var value) || value.ValueKind != JsonValueKind.String || value.GetString() != expected)
            throw new ArgumentException($"The document's {property} is not the key's.", nameof(root));
    }

    private static ReadOnlyMemory<byte> Tombstone(DocumentKey key, string partitionProperty) => Encoding.UTF8.GetBytes(
        partitionProperty == "id"
            ? $$"""{"id":"{{key.Id}}","deleted":true}"""
            : $$"""{"id":"{{key.Id}}","{{partitionProperty}}":"{{key.Partition}}","deleted":true}""");
}
