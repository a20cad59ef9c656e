using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// Moves committed pages from the log into the database on a connection and thread of its own, so that no writer waits for
/// it. When the log has grown large all the same, the writer pauses for the little that is left and begins the log anew; where the
/// disk copies more slowly than it is written, the writer waits for the copying.
/// </summary>
internal sealed class Checkpoints : IDisposable
{
    /// <summary>The log's size in bytes beyond which it is begun anew as soon as readers allow.</summary>
    public const long LargestLog = 64L * 1024 * 1024;

    // 4 MiB.
    private const int Step = 1024;

    /// <summary>The log's size in pages at which the writer waits for a checkpoint that is asked for or under way.</summary>
    private const int LogToWaitAt = (int)(LargestLog / Database.PageSize * 5 / 4);

    // Readers finish within this; the writer waits no longer for one that does not.
    private static readonly TimeSpan ReaderPatience = TimeSpan.FromMilliseconds(50);

    private readonly object gate = new();
    private readonly Func<Session> open;
    private readonly Action<Action<Session>> between;
    private readonly Thread thread;
    private int written;
    private int inLog;
    private bool due;
    private bool copying;
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
        inLog += pages;
        if ((written += pages) < Step) return;
        written = 0;
        lock (gate)
        {
            due = true;
            Monitor.PulseAll(gate);
            while ((due || copying) && inLog > LogToWaitAt && !closing) Monitor.Wait(gate);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            closing = true;
            Monitor.PulseAll(gate);
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
                copying = true;
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
            finally
            {
                lock (gate)
                {
                    copying = false;
                    Monitor.PulseAll(gate);
                }
            }
        }
        session?.Dispose();
    }

    private void Restart(Session writer)
    {
        writer.WaitWhenBusy(ReaderPatience);
        try
        {
            if (writer.Checkpoint(raw.SQLITE_CHECKPOINT_RESTART).Done) inLog = 0;
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
