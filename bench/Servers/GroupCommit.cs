using Microsoft.Data.Sqlite;

namespace Crm.Bench.Servers;

/// <summary>
/// One writer thread puts all rows that wait into one transaction and completes them after its commit
/// (<c>synchronous=FULL</c>). Checkpoints run elsewhere, in <see cref="WalCheckpoints"/>.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private readonly Lock _pendingLock = new();
    private readonly AutoResetEvent _pendingArrived = new(false);
    private readonly Thread _writer;
    private readonly SqliteConnection _database;
    private readonly WalCheckpoints _checkpoints;
    private List<Row> _pending = [];
    private volatile bool _stopping;

    public GroupCommit(string path)
    {
        _database = new SqliteConnection($"Data Source={path};Pooling=False");
        _database.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA busy_timeout=10000;");
        Execute("CREATE TABLE receipts (id BLOB NOT NULL PRIMARY KEY, body BLOB NOT NULL);");
        _checkpoints = new WalCheckpoints(path);
        _writer = new Thread(Write) { IsBackground = true, Name = "group commit" };
        _writer.Start();
    }

    /// <summary>Completes once the row is on the disk.</summary>
    public Task AppendAsync(byte[] body)
    {
        var row = new Row(Guid.CreateVersion7(), body);
        lock (_pendingLock)
        {
            _pending.Add(row);
            if (_pending.Count > 1) return row.Committed.Task;
        }

        _pendingArrived.Set();
        return row.Committed.Task;
    }

    public void Dispose()
    {
        _stopping = true;
        _pendingArrived.Set();
        _writer.Join();
        _checkpoints.Dispose();
        _database.Dispose();
        _pendingArrived.Dispose();
    }

    private void Write()
    {
        using var begin = Prepared("BEGIN IMMEDIATE");
        using var commit = Prepared("COMMIT");
        using var restart = Prepared("PRAGMA wal_checkpoint(RESTART)");
        using var insert = Prepared("INSERT INTO receipts (id, body) VALUES ($id, $body)", "$id", "$body");
        List<Row> batch = [];
        while (!_stopping)
        {
            _pendingArrived.WaitOne();
            lock (_pendingLock) (batch, _pending) = (_pending, batch);
            if (batch.Count == 0) continue;

            begin.ExecuteNonQuery();
            foreach (var row in batch)
            {
                insert.Parameters[0].Value = row.Id.ToByteArray(bigEndian: true);
                insert.Parameters[1].Value = row.Body;
                insert.ExecuteNonQuery();
            }

            commit.ExecuteNonQuery();
            foreach (var row in batch) row.Committed.SetResult();
            batch.Clear();
            if (_checkpoints.Consider()) restart.ExecuteNonQuery();
        }
    }

    private SqliteCommand Prepared(string sql, params string[] blobs)
    {
        var command = new SqliteCommand(sql, _database);
        foreach (var name in blobs) command.Parameters.Add(name, SqliteType.Blob);
        command.Prepare();
        return command;
    }

    private void Execute(string sql)
    {
        using var command = new SqliteCommand(sql, _database);
        command.ExecuteNonQuery();
    }

    private sealed record Row(Guid Id, byte[] Body)
    {
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
