using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Ports;

/// <summary>A document as the record it is.</summary>
public sealed record Stored<T>(T Value, string ETag, DateTimeOffset Written);

public static class TypedDocuments
{
    public static async ValueTask<Stored<T>?> Get<T>(this IDocuments documents, DocumentKey key, JsonTypeInfo<T> type, CancellationToken token)
        where T : class =>
        await documents.Get(key, token) is { } stored ? stored.As(type) : null;

    public static ValueTask<WriteOutcome> Put<T>(
        this IDocuments documents,
        DocumentKey key,
        T value,
        JsonTypeInfo<T> type,
        CancellationToken token,
        Precondition precondition = default,
        TimeSpan? timeToLive = null) =>
        documents.Put(new DocumentWrite(key, JsonSerializer.SerializeToUtf8Bytes(value, type), precondition, timeToLive), token);

    /// <exception cref="JsonException">The document is not what its kind says.</exception>
    public static Stored<T> As<T>(this StoredDocument stored, JsonTypeInfo<T> type) where T : class =>
        new(JsonSerializer.Deserialize(stored.Json.Span, type) ?? throw new JsonException(), stored.ETag, stored.Written);

    /// <summary>Whether its <c>kind</c> is one of these: documents of several kinds may lie under ids of the same form.</summary>
    public static bool IsOf(this StoredDocument stored, params ReadOnlySpan<string> kinds)
    {
        using var json = JsonDocument.Parse(stored.Json);
        return json.RootElement.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && kinds.Contains(kind.GetString()!);
    }

    /// <summary>Every page, one after the other.</summary>
    public static async IAsyncEnumerable<StoredDocument> All(this IDocuments documents, DocumentQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        var continuation = query.Continuation;
        do
        {
            var page = await documents.Query(query with { Continuation = continuation }, token);
            foreach (var document in page.Documents) yield return document;
            continuation = page.Continuation;
        }
        while (continuation is not null);
    }
}
