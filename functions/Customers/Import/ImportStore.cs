using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>An import's document, chunks and files.</summary>
public sealed class ImportStore(IDocuments documents, IBlobs blobs, TimeProvider clock)
{
    public async Task<Stored<Import>?> Find(string id, CancellationToken token) =>
        DocumentKeys.IsId(id) ? await documents.Get(Import.KeyOf(id), CustomersJson.Crm.Import, token) : null;

    /// <summary>The changed import, or as it is where the change leaves it; null where there is none.</summary>
    public async Task<Import?> Change(string id, Func<Import, Import> change, CancellationToken token)
    {
        while (await Find(id, token) is { } stored)
        {
            var after = change(stored.Value);
            if (ReferenceEquals(after, stored.Value)) return after;
            after = after with { ChangedAt = clock.GetUtcNow() };
            if (await documents.Put(Import.KeyOf(id), after, CustomersJson.Crm.Import, token, Precondition.Match(stored.ETag)) is WriteOutcome.Written) return after;
        }
        return null;
    }

    public ValueTask<Stored<ImportChunk>?> Chunk(Import import, int chunk, CancellationToken token) =>
        documents.Get(new DocumentKey(Containers.Views, import.View, ImportChunk.IdOf(chunk)), CustomersJson.Crm.ImportChunk, token);

    public async Task Put(ImportChunk chunk, CancellationToken token) =>
        await documents.Put(new DocumentKey(Containers.Views, chunk.View, chunk.Id), chunk, CustomersJson.Crm.ImportChunk, token);

    public async IAsyncEnumerable<ImportChunk> Chunks(Import import, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        await foreach (var document in documents.All(new DocumentQuery(Containers.Views, import.View, [], Limit: 100), token)) yield return document.As(CustomersJson.Crm.ImportChunk).Value;
    }

    /// <summary>The sums as they stand, and whether every chunk has come to this state.</summary>
    public async Task<(ImportCounts Counts, bool All)> Progress(Import import, ImportChunkState state, CancellationToken token)
    {
        var (counts, done) = (new ImportCounts(), 0);
        await foreach (var chunk in Chunks(import, token))
        {
            counts += chunk.Counts;
            if (chunk.State == state) done++;
        }
        return (counts, done == import.Chunks);
    }

    /// <summary>Whether any chunk still has this state: one read, however many there are.</summary>
    public async Task<bool> AnyIs(Import import, ImportChunkState state, CancellationToken token)
    {
        var word = JsonNamingPolicy.KebabCaseLower.ConvertName(state.ToString());
        return (await documents.Query(new DocumentQuery(Containers.Views, import.View, [new Condition.Equal("state", word)], Limit: 1), token)).Documents.Count > 0;
    }

    public async Task WriteLines<T>(string blob, IEnumerable<T> lines, JsonTypeInfo<T> type, CancellationToken token)
    {
        using var bytes = new MemoryStream();
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(bytes, line, type);
            bytes.WriteByte((byte)'\n');
        }
        bytes.Position = 0;
        await blobs.Put(blob, bytes, "application/x-ndjson", Precondition.Absent, token);
    }

    /// <summary>Null where there is no such file.</summary>
    public async Task<List<T>?> ReadLines<T>(string blob, JsonTypeInfo<T> type, CancellationToken token)
    {
        if (await blobs.Open(blob, token) is not { } content) return null;
        await using (content)
        {
            using var reader = new StreamReader(content.Content);
            var lines = new List<T>();
            while (await reader.ReadLineAsync(token) is { } line) lines.Add(JsonSerializer.Deserialize(line, type)!);
            return lines;
        }
    }
}
