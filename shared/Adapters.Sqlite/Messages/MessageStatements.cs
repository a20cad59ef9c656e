namespace Crm.Adapters.Sqlite;

/// <summary>
/// Queues as one table. A message is visible from <c>visible</c> on (Unix milliseconds): when it is due, or when its lock
/// ends; <c>token</c> is the lock, whether or not it has ended.
/// </summary>
internal static class MessageStatements
{
    public const string Table = """
        CREATE TABLE messages (
          seq INTEGER PRIMARY KEY, queue TEXT NOT NULL, visible INTEGER NOT NULL, enqueued INTEGER NOT NULL,
          token INTEGER, deliveries INTEGER NOT NULL, id TEXT NOT NULL, reason TEXT, description TEXT, body TEXT NOT NULL)
        """;

    /// <summary>Holds all that receiving in order and counting need.</summary>
    public const string Index = "CREATE INDEX ix_messages ON messages (queue, visible, enqueued, token)";

    public const string UnlockAll = "UPDATE messages SET token = NULL, visible = enqueued WHERE token IS NOT NULL";

    public const string Send = """
        INSERT INTO messages (seq, queue, visible, enqueued, deliveries, id, body) VALUES (?1, ?2, ?3, ?3, 0, ?4, ?5)
        """;

    public const string Due = """
        SELECT seq, id, body, deliveries, enqueued, reason, description FROM messages
        WHERE queue = ?1 AND visible <= ?2 ORDER BY visible, enqueued, seq LIMIT ?3
        """;

    public const string Lock = "UPDATE messages SET token = ?2, visible = ?3, deliveries = deliveries + 1 WHERE seq = ?1";

    public const string Complete = $"DELETE FROM messages WHERE {Held}";

    public const string Renew = $"UPDATE messages SET visible = ?4 WHERE {Held}";

    public const string Abandon = $"UPDATE messages SET token = NULL, visible = enqueued WHERE {Held}";

    public const string DeadLetter = $"UPDATE messages SET queue = ?4, token = NULL, visible = ?3, reason = ?5, description = ?6 WHERE {Held}";

    public const string Bury = "UPDATE messages SET queue = ?2, token = NULL, visible = ?3, reason = ?4, description = ?5 WHERE seq = ?1";

    public const string Depth = """
        SELECT count(*) FILTER (WHERE visible <= ?2), count(*) FILTER (WHERE visible > ?2 AND token IS NOT NULL),
          count(*) FILTER (WHERE visible > ?2 AND token IS NULL), min(enqueued) FILTER (WHERE visible <= ?2 OR token IS NOT NULL)
        FROM messages WHERE queue = ?1
        """;

    /// <summary>The lock is this one and has not ended.</summary>
    private const string Held = "seq = ?1 AND token = ?2 AND visible > ?3";
}
