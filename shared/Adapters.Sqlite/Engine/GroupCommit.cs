using Crm.Ports;
using Microsoft.Data.Sqlite;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// The one writer. It takes all writes that wait, applies them in one transaction, commits with one flush, and only then
/// answers their callers: groups form by themselves while the disk is busy with the one before.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    /// <summary>Writes that may wait; more are turned away.</summary>
    public const int Capacity = 20_000;

    private readonly object gate = new();
    private readonly Func<Session> open;
    private readonly TimeProvider clock;
    private readonly Action<int> committed;
    private readonly Thread thread;
    private readonly Sequence sequence = new();
    private List<Write> waiting = [];
    private List<Write> group = [];
    private Action<Session>? between;
    private Session? session;
    private WriteTransaction? transaction;
    private bool closing;

    /// <param name="open">Opens the writing connection, at first and again after it broke.</param>
    /// <param name="committed">Told after each commit how many pages it added to the log.</param>
    public GroupCommit(Func<Session> open, TimeProvider clock, Action<int> committed)
    {
        this.open = open;
        this.clock = clock;
        this.committed = committed;
        Connect();
        thread = new Thread(Loop) { IsBackground = true, Name = "crm.db writer" };
        thread.Start();
    }

    /// <summary>Writes that no group has taken yet.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return waiting.Count;
        }
    }

    /// <summary>Fails with <see cref="StoreUnavailableException"/> when too many writes wait, or the store is closed.</summary>
    public Task<T> Enqueue<T>(Write<T> write)
    {
        lock (gate)
        {
            if (!closing && waiting.Count < Capacity)
            {
                waiting.Add(write);
                if (waiting.Count == 1) Monitor.Pulse(gate);
                return write.Task;
            }
        }
        return Task.FromException<T>(closing
            ? new StoreUnavailableException("The store is closed.")
            : new StoreUnavailableException("Too many writes wait for the disk.") { RetryAfter = TimeSpan.FromSeconds(1) });
    }

    /// <summary>Runs on the writer's thread and connection, between two transactions. It may not throw.</summary>
    public void Between(Action<Session> action)
    {
        lock (gate)
        {
            between = action;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Finishes what waits, then closes.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (closing) return;
            closing = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
        session?.Dispose();
    }

    private void Loop()
    {
        while (true)
        {
            Action<Session>? pause;
            lock (gate)
            {
                while (waiting.Count == 0 && between is null && !closing) Monitor.Wait(gate);
                if (waiting.Count == 0 && closing) return;
                (group, waiting) = (waiting, group);
                (pause, between) = (between, null);
            }
            if (session is not null) pause?.Invoke(session);
            if (group.Count > 0) Run();
            group.Clear();
        }
    }

    private void Run()
    {
        try
        {
            Connect();
            session!.Prepared("BEGIN IMMEDIATE").Run();
            transaction!.Now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var write in group) Apply(write);
            session.Prepared("COMMIT").Run();
        }
        catch (Exception error)
        {
            Undo(error);
            foreach (var write in group)
            {
                if (write.Fault is OperationCanceledException) write.Cancel();
                else write.Fail(StoreErrors.Unavailable(error));
            }
            return;
        }
        sequence.Commit();
        foreach (var write in group)
        {
            if (write.Fault is OperationCanceledException) write.Cancel();
            else write.Answer();
        }
        foreach (var signal in transaction.Signals) signal.Raise();
        committed(session.TakePagesWritten());
        transaction.Clear();
    }

    private void Apply(Write write)
    {
        if (write.IsCancelled)
        {
            write.Fault = new OperationCanceledException();
            return;
        }
        sequence.Ensure(session!, write.Sequences);
        if (write.IsCompound) session!.Prepared("SAVEPOINT write").Run();
        try
        {
            write.Apply(transaction!);
        }
        catch (Exception error) when (session!.InTransaction && !StoreErrors.MeansUnavailable(error))
        {
            write.Fault = error;
            if (write.IsCompound) session.Prepared("ROLLBACK TO write").Run();
        }
        if (write.IsCompound) session!.Prepared("RELEASE write").Run();
    }

    private void Undo(Exception error)
    {
        sequence.RollBack();
        transaction?.Clear();
        if (session is null) return;
        try
        {
            if (session.InTransaction) session.Prepared("ROLLBACK").Run();
            if (StoreErrors.LeavesConnectionSound(error)) return;
        }
        catch (SqliteException)
        {
            // A connection that cannot even roll back is replaced, which rolls back as well.
        }
        session.Dispose();
        session = null;
    }

    private void Connect()
    {
        if (session is not null) return;
        session = open();
        sequence.Begin(session);
        transaction = new WriteTransaction(session, sequence);
    }

}
