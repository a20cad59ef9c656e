using Microsoft.Data.Sqlite;

namespace Crm.Bench.Servers;

/// <summary>
/// Checkpoints on a second connection and thread, so that no commit waits for one: passively as the log grows, and
/// with a truncate above a limit, because under steady writes a passive checkpoint never gets the log to start over.
/// </summary>
internal sealed class WalCheckpoints : IDisposable
{
    private const int CommitsBetween = 200;
    private const long TruncateAbove = 64L << 20;

    private readonly AutoResetEvent _due = new(false);
    private readonly string _log;
    private readonly SqliteConnection _database;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private int _commits;

    public WalCheckpoints(string path)
    {
        _log = path + "-wal";
        _database = new SqliteConnection($"Data Source={path};Pooling=False");
        _database.Open();
        Execute("PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000;");
        _thread = new Thread(Run) { IsBackground = true, Name = "checkpoints" };
        _thread.Start();
    }

    /// <summary>Called by the writer after each commit.</summary>
    public void Consider()
    {
        if (++_commits % CommitsBetween == 0) _due.Set();
    }

    public void Dispose()
    {
        _stopping = true;
        _due.Set();
        _thread.Join();
        _database.Dispose();
        _due.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _due.WaitOne();
            if (_stopping) return;
            Execute("PRAGMA wal_checkpoint(PASSIVE);");
            if (new FileInfo(_log).Length > TruncateAbove) Execute("PRAGMA wal_checkpoint(TRUNCATE);");
        }
    }

    private void Execute(string sql)
    {
        using var command = new SqliteCommand(sql, _database);
        command.ExecuteNonQuery();
    }
}
