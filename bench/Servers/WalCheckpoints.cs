using Microsoft.Data.Sqlite;

namespace Crm.Bench.Servers;

/// <summary>
/// Checkpoints on a second connection and thread, so that no commit waits for one. Under steady writes that never gets
/// the log to start over, so above a limit the writer is asked to do so between two commits, when little is left to copy.
/// </summary>
internal sealed class WalCheckpoints : IDisposable
{
    private const int CommitsBetween = 200;
    private const int RestartAboveFrames = 16_000;
    private const int FewFrames = 1_000;

    private readonly AutoResetEvent _due = new(false);
    private readonly SqliteConnection _database;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile bool _restartDue;
    private int _commits;

    public WalCheckpoints(string path)
    {
        _database = new SqliteConnection($"Data Source={path};Pooling=False");
        _database.Open();
        using var full = new SqliteCommand("PRAGMA synchronous=FULL;", _database);
        full.ExecuteNonQuery();
        _thread = new Thread(Run) { IsBackground = true, Name = "checkpoints" };
        _thread.Start();
    }

    /// <summary>Called by the writer after each commit; whether it should let the log start over now.</summary>
    public bool Consider()
    {
        if (++_commits % CommitsBetween == 0) _due.Set();
        if (!_restartDue) return false;
        _restartDue = false;
        return true;
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
        using var checkpoint = new SqliteCommand("PRAGMA wal_checkpoint(PASSIVE);", _database);
        while (true)
        {
            _due.WaitOne();
            if (_stopping) return;
            using var answer = checkpoint.ExecuteReader();
            answer.Read();
            var (frames, copied) = (answer.GetInt32(1), answer.GetInt32(2));
            _restartDue = frames > RestartAboveFrames && frames - copied < FewFrames;
        }
    }
}
