namespace Crm.Adapters.Sqlite;

/// <summary>
/// A container's fixed statements. Parameters of writes: 1 sequence, 2 partition, 3 id, 4 now, 5 expiry, 6 deleted, 7 body,
/// 8 the sequence asked for. Of reads: 1 now, 2 partition, 3 id.
/// </summary>
internal sealed class ContainerStatements
{
    /// <summary>What a live row is, with the clock as parameter 4 or 1.</summary>
    private const string LiveForWrites = "deleted = 0 AND (expires IS NULL OR expires > ?4)";
    public const string LiveForReads = "deleted = 0 AND (expires IS NULL OR expires > ?1)";

    public ContainerStatements(ContainerTable table)
    {
        var (t, p) = (table.Name, table.IsPartitioned);
        var key = p ? "partition = ?2 AND id = ?3" : "id = ?3";
        var unique = p ? "partition, id" : "id";
        var insert = $"INSERT INTO {t} (seq, {unique}, written, expires, deleted, body) VALUES (?1, {(p ? "?2, " : "")}?3, ?4, ?5, ?6, ?7)";
        const string replace = "seq = ?1, written = ?4, expires = ?5, deleted = ?6, body = ?7";

        Insert = insert + " ON CONFLICT DO NOTHING";
        Upsert = $"{insert} ON CONFLICT ({unique}) DO UPDATE SET seq = excluded.seq, written = excluded.written, expires = excluded.expires, deleted = excluded.deleted, body = excluded.body";
        ReplaceDead = $"UPDATE {t} SET {replace} WHERE {key} AND NOT ({LiveForWrites})";
        ReplaceLive = $"UPDATE {t} SET {replace} WHERE {key} AND {LiveForWrites}";
        ReplaceVersion = $"{ReplaceLive} AND seq = ?8";
        Version = $"SELECT seq FROM {t} WHERE {key} AND {LiveForWrites}";
        Get = $"SELECT seq, written, body FROM {t} WHERE {key} AND {LiveForReads}";
        Feed = $"SELECT seq, {table.Partition}, id, written, deleted, body FROM {t} WHERE seq > ?2 AND (expires IS NULL OR expires > ?1) ORDER BY seq LIMIT ?3";
    }

    /// <summary>Changes nothing when the key has a row, live or not.</summary>
    public string Insert { get; }

    public string Upsert { get; }

    public string ReplaceDead { get; }

    public string ReplaceLive { get; }

    public string ReplaceVersion { get; }

    public string Version { get; }

    public string Get { get; }

    /// <summary>Parameters: 1 now, 2 the position before, 3 limit.</summary>
    public string Feed { get; }
}
