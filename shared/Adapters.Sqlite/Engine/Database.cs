using Microsoft.Data.Sqlite;

namespace Crm.Adapters.Sqlite;

/// <summary>How each kind of connection to the one file is set up.</summary>
internal sealed class Database(string path)
{
    public const int PageSize = 4096;

    /// <summary>How long a connection waits for another's lock; only a foreign program on the file makes it wait at all.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string Wait = $"busy_timeout = {(int)Patience.TotalMilliseconds}";

    public string Path { get; } = path;

    /// <summary>
    /// Every commit is flushed (<c>synchronous = FULL</c>); nothing is copied out of the log in the writer's way. Deleted
    /// bytes are not overwritten here: that is the faster choice.
    /// </summary>
    public Session Writer() => Session.Open(
        Path,
        SqliteOpenMode.ReadWriteCreate,
        Wait,
        $"page_size = {PageSize}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "wal_autocheckpoint = 0",
        $"journal_size_limit = {Checkpoints.LargestLog}",
        "cache_size = -32768",
        "temp_store = MEMORY",
        "secure_delete = OFF",
        "foreign_keys = OFF");

    public Session Checkpointer() => Session.Open(Path, SqliteOpenMode.ReadWrite, "busy_timeout = 0", "synchronous = FULL", "wal_autocheckpoint = 0");

    public Session Reader() => Session.Open(Path, SqliteOpenMode.ReadOnly, Wait, "cache_size = -4096", "temp_store = MEMORY");
}
