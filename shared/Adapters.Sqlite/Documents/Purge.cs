using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// Removes what has expired, a few rows per transaction so that no caller waits long. Nothing depends on when: readers
/// leave expired rows out by the clock.
/// </summary>
internal sealed class Purge : IDisposable
{
    private const int Rows = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SqliteStore store;
    private readonly CancellationTokenSource closing = new();
    private readonly ITimer timer;
    private int running;

    public Purge(SqliteStore store)
    {
        this.store = store;
        timer = store.Clock.CreateTimer(static purge => _ = ((Purge)purge!).Turn(), this, Pause, Pause);
    }

    /// <summary>Purges until nothing expired is left.</summary>
    public async Task Run(CancellationToken token)
    {
        foreach (var table in store.Tables.Values)
        {
            long? position = 0;
            while (position is not null)
            {
                position = await store.Write(new Write<(ContainerTable, long), long?>((table, position.Value), static (t, s) => Some(t, s.Item1, s.Item2), token));
            }
        }
    }

    public void Dispose()
    {
        closing.Cancel();
        timer.Dispose();
    }

    private async Task Turn()
    {
        if (Interlocked.Exchange(ref running, 1) == 1) return;
        try
        {
            await Run(closing.Token);
        }
        catch (Exception error) when (error is StoreUnavailableException or OperationCanceledException)
        {
            // The next turn goes on.
        }
        finally
        {
            Volatile.Write(ref running, 0);
        }
    }

    /// <returns>Where to go on, or null when done.</returns>
    private static long? Some(WriteTransaction transaction, ContainerTable table, long after)
    {
        if (table.DefaultTimeToLive is not { } timeToLive)
        {
            var gone = transaction.Prepared($"DELETE FROM {table.Name} WHERE seq IN (SELECT seq FROM {table.Name} WHERE expires <= ?1 ORDER BY expires LIMIT {Rows})")
                .Bind(1, transaction.Now).Run();
            return gone == Rows ? 0 : null;
        }

        // Rows of one time to live expire in table order: look from the oldest on, and stop at the first that is too young.
        var expired = new List<long>();
        var (last, seen, young) = (after, 0, false);
        var rows = transaction.Prepared($"SELECT seq, written, expires FROM {table.Name} WHERE seq > ?1 ORDER BY seq LIMIT {Rows}").Bind(1, after);
        while (rows.Step())
        {
            (last, seen) = (rows.Integer(0), seen + 1);
            if (!rows.IsNull(2) && rows.Integer(2) <= transaction.Now) expired.Add(last);
            young |= rows.Integer(1) > transaction.Now - timeToLive;
        }
        foreach (var seq in expired) transaction.Prepared($"DELETE FROM {table.Name} WHERE seq = ?1").Bind(1, seq).Run();
        return seen < Rows || young ? null : last;
    }
}
