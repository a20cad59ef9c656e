using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// A page of the feed. The writer gives out and commits sequence numbers in order, so none below one that was seen can
/// appear later. Within the page partitions are mixed, so that nobody comes to rely on an order that Cosmos DB lacks.
/// </summary>
internal static class ReadFeed
{
    public static FeedPage Page(Session session, ContainerTable table, long after, int limit, long now)
    {
        var changes = new List<FeedItem>();
        var (last, bytes) = (after, 0L);
        var rows = session.Prepared(table.Statements.Feed).Bind(1, now).Bind(2, after).Bind(3, limit);
        while (rows.Step())
        {
            last = rows.Integer(0);
            var body = rows.Utf8(5).ToArray();
            var id = rows.Text(2);
            changes.Add(new FeedItem(
                new DocumentKey(table.Name, table.IsPartitioned ? rows.Text(1) : id, id),
                ETags.Of(last),
                body,
                DateTimeOffset.FromUnixTimeMilliseconds(rows.Integer(3)),
                rows.Integer(4) != 0));
            if ((bytes += body.Length) < PageBytes.Most) continue;
            rows.Reset();
            break;
        }
        return new FeedPage([.. changes.OrderBy(c => Spread(c.Key.Partition))], FeedPosition.Of(table.Name, last));
    }

    /// <summary>FNV-1a; the sort by it is stable, so a partition's changes stay in order.</summary>
    private static uint Spread(string partition)
    {
        var hash = 2166136261u;
        foreach (var c in partition) hash = (hash ^ c) * 16777619u;
        return hash;
    }
}
