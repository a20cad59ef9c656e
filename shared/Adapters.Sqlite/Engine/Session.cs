using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Adapters.Sqlite;

/// <summary>One connection and the statements prepared on it. Not for two threads at once.</summary>
internal sealed class Session : IDisposable
{
    // Queries come in many shapes; beyond this the cache begins anew.
    private const int MostStatements = 256;

    // SQLITE_DBSTATUS_CACHE_WRITE
    private const int CacheWrite = 9;

    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);
    private readonly SqliteConnection connection;

    private Session(SqliteConnection connection) => this.connection = connection;

    /// <summary>False once SQLite itself has rolled back (or nothing was begun).</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>The texts that are prepared at present.</summary>
    public IReadOnlyCollection<string> Statements => statements.Keys;

    private sqlite3 Handle => connection.Handle!;

    public static Session Open(string path, SqliteOpenMode mode, params ReadOnlySpan<string> pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            var session = new Session(connection);
            foreach (var pragma in pragmas) session.Once("PRAGMA " + pragma);
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The statement of this text, prepared at its first use.</summary>
    public Statement Prepared(string sql)
    {
        if (statements.TryGetValue(sql, out var known)) return known;
        if (statements.Count >= MostStatements) Forget();
        return statements[sql] = new Statement(Handle, sql);
    }

    public void Once(string sql)
    {
        using var statement = new Statement(Handle, sql);
        statement.Run();
    }

    /// <summary>The first column of the first row.</summary>
    public long Number(string sql)
    {
        using var statement = new Statement(Handle, sql);
        return statement.Step() ? statement.Integer(0) : 0;
    }

    public IReadOnlyList<string> Texts(string sql)
    {
        using var statement = new Statement(Handle, sql);
        var texts = new List<string>();
        while (statement.Step()) texts.Add(statement.Text(0));
        return texts;
    }

    public void WaitWhenBusy(TimeSpan atMost) => raw.sqlite3_busy_timeout(Handle, (int)atMost.TotalMilliseconds);

    /// <returns>False when readers or a writer stood in the way, and how many pages the log held and how many were copied.</returns>
    public (bool Done, int Log, int Copied) Checkpoint(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(Handle, "main", mode, out var log, out var copied);
        if (code is not (raw.SQLITE_OK or raw.SQLITE_BUSY)) SqliteException.ThrowExceptionForRC(code, Handle);
        return (code == raw.SQLITE_OK, log, copied);
    }

    /// <summary>Pages this connection has written to the log since it was last asked.</summary>
    public int TakePagesWritten()
    {
        raw.sqlite3_db_status(Handle, CacheWrite, out var pages, out _, 1);
        return pages;
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private void Forget()
    {
        foreach (var statement in statements.Values) statement.Dispose();
        statements.Clear();
    }
}
