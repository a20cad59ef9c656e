using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// Moves committed pages from the log into the database on a connection and thread of its own, so that no writer waits for
/// it. When the log has grown large all the same, the writer pauses for the little that is left and begins the log anew.
/// </summary>
internal sealed class Checkpoints : IDisposable
{
    /// <summary>The log's size in bytes beyond which it is begun anew as soon as readers allow.</summary>
    public const long LargestLog = 64L * 1024 * 1024;

    // 4 MiB.
    private const int Step = 1024;

    // Readers finish within this; the writer waits no longer for one that does not.
    private static readonly TimeSpan ReaderPatience = TimeSpan.FromMilliseconds(50);

    private readonly object gate = new();
    private readonly Func<Session> open;
    private readonly Action<Action<Session>> between;
    private readonly Thread thread;
    private int written;
    private bool due;
    private bool closing;

    /// <param name="between">Runs something on the writer's connection between two transactions.</param>
    public Checkpoints(Func<Session> open, Action<Action<Session>> between)
    {
        this.open = open;
        this.between = between;
        thread = new Thread(Loop) { IsBackground = true, Name = "crm.db checkpoints" };
        thread.Start();
    }

    /// <summary>Called by the writer after each commit.</summary>
    public void Committed(int pages)
    {
        if ((written += pages) < Step) return;
        written = 0;
        lock (gate)
        {
            due = true;
            Monitor.Pulse(gate);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            closing = true;
            Monitor.Pulse(gate);
        }
        thread.Join();
    }

    private void Loop()
    {
        Session? session = null;
        while (true)
        {
            lock (gate)
            {
                while (!due && !closing) Monitor.Wait(gate);
                if (closing) break;
                due = false;
            }
            try
            {
                session ??= open();
                var (_, log, copied) = session.Checkpoint(raw.SQLITE_CHECKPOINT_PASSIVE);
                // While a reader holds an old snapshot there is no use in stopping the writer.
                if ((long)log * Database.PageSize > LargestLog && log - copied < Step) between(Restart);
            }
            catch (SqliteException)
            {
                // The writer meets the same disk and tells its callers; the next commits call for another try.
                session?.Dispose();
                session = null;
            }
        }
        session?.Dispose();
    }

    private static void Restart(Session writer)
    {
        writer.WaitWhenBusy(ReaderPatience);
        try
        {
            writer.Checkpoint(raw.SQLITE_CHECKPOINT_RESTART);
        }
        catch (SqliteException)
        {
            // As above.
        }
        finally
        {
            writer.WaitWhenBusy(Database.Patience);
        }
    }
}
