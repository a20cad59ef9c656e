namespace Crm.EmbeddedHost;

/// <summary>
/// How many requests are being answered. Feeds and queues step back between two batches while they are many, unless what
/// waits has become old. A group of answers leaves in one moment, so that load ends only after a while without many.
/// </summary>
/// <param name="clock">The machine's: load is no matter of business time.</param>
internal sealed class RequestLoad(FunctionsOptions options, TimeProvider clock)
{
    private int running;
    private long busyAt;

    public void Begin()
    {
        if (Interlocked.Increment(ref running) > options.BusyRequests) Volatile.Write(ref busyAt, clock.GetTimestamp());
    }

    public void End() => Interlocked.Decrement(ref running);

    /// <param name="oldest">When the oldest of what waits was written.</param>
    public async ValueTask StepBack(DateTimeOffset oldest, CancellationToken token)
    {
        if (clock.GetUtcNow() - oldest > options.MaxLag) return;
        long began = clock.GetTimestamp();
        while (IsBusy && clock.GetElapsedTime(began) < options.MaxPause) await Task.Delay(options.CalmAfter, clock, token);
    }

    private bool IsBusy =>
        Volatile.Read(ref running) > options.BusyRequests
        || (Volatile.Read(ref busyAt) is > 0 and long at && clock.GetElapsedTime(at) < options.CalmAfter);
}
