using Crm.Ports;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Adapters.Sqlite;

/// <summary>Which of SQLite's errors say that the store cannot answer now, rather than that we asked wrongly.</summary>
internal static class StoreErrors
{
    public static bool MeansUnavailable(Exception error) => error is SqliteException sqlite && sqlite.SqliteErrorCode is
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_INTERRUPT or raw.SQLITE_IOERR
        or raw.SQLITE_CORRUPT or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN or raw.SQLITE_PROTOCOL or raw.SQLITE_NOTADB;

    /// <summary>After these the connection itself is sound and need not be opened again.</summary>
    public static bool LeavesConnectionSound(Exception error) =>
        error is SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED };

    public static StoreUnavailableException Unavailable(Exception error) => new(
        error is SqliteException sqlite
            ? $"The store cannot answer now (SQLite error {sqlite.SqliteErrorCode}, {sqlite.SqliteExtendedErrorCode})."
            : "The store cannot answer now.",
        error);
}
