using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Ports;

namespace Crm.Resources;

/// <summary>
/// A read model of many rows that is listed in several orders: rows lie in the buckets of one view, each with one sort key per
/// order, and a page is merged from the buckets. A sort key is made unique by the row's id, so that a page begins after a key
/// and stays right while rows come and go. The view lags behind its source by the feed.
/// </summary>
/// <remarks>The properties of the orders are declared in <see cref="Containers"/>: <c>byName</c>, <c>byCreated</c>, <c>byChanged</c>.</remarks>
/// <param name="name">The view's name: its partitions are <c>name.0</c> to <c>name.f</c>.</param>
public sealed class SortedView(IDocuments documents, string name)
{
    public const int Buckets = 16;

    /// <summary>Rows that one request looks at when it filters by more than the order's own key.</summary>
    public const int MaxExamined = 2_000;

    private const char Separator = '\u0001';

    /// <summary>The key of an order: ordinal order of keys is the order of values, then of ids.</summary>
    public static string KeyOf(string value, string id) => value + Separator + id;

    /// <summary>Writes the row; a repeat changes nothing that is read.</summary>
    /// <param name="keys">Property to the value that it sorts by.</param>
    /// <param name="item">What lists show.</param>
    /// <param name="timeToLive">From this write; null for ever.</param>
    public async ValueTask Put(string id, IReadOnlyDictionary<string, string> keys, JsonElement item, CancellationToken token, TimeSpan? timeToLive = null)
    {
        var key = RowKey(id);
        var row = new JsonObject { ["id"] = id, ["view"] = key.Partition };
        foreach (var (property, value) in keys) row[property] = KeyOf(value, id);
        row["item"] = JsonNode.Parse(item.GetRawText());
        await documents.Put(new DocumentWrite(key, Encoding.UTF8.GetBytes(row.ToJsonString(Kernel.CrmJson.Options())), TimeToLive: timeToLive), token);
    }

    /// <summary>What the row shows; null where there is none.</summary>
    public async ValueTask<JsonElement?> Find(string id, CancellationToken token)
    {
        if (await documents.Get(RowKey(id), token) is not { } stored) return null;
        using var row = JsonDocument.Parse(stored.Json);
        return row.RootElement.GetProperty("item").Clone();
    }

    public async ValueTask Remove(string id, CancellationToken token) => await documents.Delete(RowKey(id), default, token);

    /// <summary>One page in the order of <paramref name="property"/>.</summary>
    /// <param name="from">Values at or after this one; null for all.</param>
    /// <param name="to">Values before this one; null for all.</param>
    /// <param name="after">The position that an earlier page gave.</param>
    /// <param name="also">A condition beside the order's own, checked row by row over at most <see cref="MaxExamined"/> rows: the page may then be short, or empty, and still have a next one.</param>
    public async Task<ViewPage> Read(
        string property, bool descending, string? from, string? to, int limit, string? after, Func<JsonElement, bool>? also, CancellationToken token)
    {
        var readers = new BucketReader[Buckets];
        var size = also is null ? Math.Max(4, limit / 4) : Math.Max(32, limit);
        for (var b = 0; b < Buckets; b++) readers[b] = new BucketReader(documents, PartitionOf(b), property, descending, from, to, after, size);
        await Task.WhenAll(readers.Select(r => r.Fill(token)));

        var order = descending ? Comparer<string>.Create((x, y) => string.CompareOrdinal(y, x)) : Comparer<string>.Create(string.CompareOrdinal);
        var heads = new PriorityQueue<BucketReader, string>(order);
        foreach (var reader in readers.Where(r => r.Head is not null)) heads.Enqueue(reader, reader.Head!.Value.Key);

        var items = new List<JsonElement>(limit);
        var position = after;
        var examined = 0;
        while (items.Count < limit && examined < MaxExamined && heads.TryDequeue(out var reader, out var key))
        {
            var item = reader.Head!.Value.Item;
            if (also is null || also(item)) items.Add(item);
            examined++;
            position = key;
            if (await reader.Move(token)) heads.Enqueue(reader, reader.Head!.Value.Key);
        }
        return new ViewPage(items, heads.Count > 0 ? position : null);
    }

    private DocumentKey RowKey(string id) => new(Containers.Views, PartitionOf(Bucket.Of(id, Buckets)), id);

    private string PartitionOf(int bucket) => $"{name}.{bucket:x}";

    private sealed class BucketReader(IDocuments documents, string partition, string property, bool descending, string? from, string? to, string? after, int size)
    {
        private readonly Queue<(string Key, JsonElement Item)> _rows = new();
        private string? _after = after;
        private bool _ended;

        public (string Key, JsonElement Item)? Head => _rows.TryPeek(out var row) ? row : null;

        public async ValueTask<bool> Move(CancellationToken token)
        {
            _rows.Dequeue();
            if (_rows.Count == 0 && !_ended) await Fill(token);
            return _rows.Count > 0;
        }

        public async Task Fill(CancellationToken token)
        {
            // Keys are unique, so the first key after one is that key with anything behind it.
            var lower = !descending && _after is not null ? _after + Separator : from;
            var upper = descending && _after is not null ? _after : to;
            IReadOnlyList<Condition> where = lower is null && upper is null ? [] : [new Condition.Range(property, lower, upper)];
            var page = await documents.Query(new DocumentQuery(Containers.Views, partition, where, property, descending, size), token);
            foreach (var document in page.Documents)
            {
                using var row = JsonDocument.Parse(document.Json);
                _rows.Enqueue((row.RootElement.GetProperty(property).GetString()!, row.RootElement.GetProperty("item").Clone()));
            }
            if (_rows.Count > 0) _after = _rows.Last().Key;
            _ended = page.Continuation is null;
        }
    }
}

/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record ViewPage(IReadOnlyList<JsonElement> Items, string? Next);
