namespace Crm.EmbeddedHost;

/// <summary>
/// How many requests are being answered. Feeds and queues step back between two batches while they are many, unless what
/// waits has become old.
/// </summary>
internal sealed class RequestLoad(FunctionsOptions options, TimeProvider clock)
{
    private int running;
    private TaskCompletionSource? calm;

    public void Begin() => Interlocked.Increment(ref running);

    public void End()
    {
        if (Interlocked.Decrement(ref running) <= options.BusyRequests) Interlocked.Exchange(ref calm, null)?.TrySetResult();
    }

    /// <param name="oldest">When the oldest of what waits was written.</param>
    public async ValueTask StepBack(DateTimeOffset oldest, CancellationToken token)
    {
        if (!IsBusy || clock.GetUtcNow() - oldest > options.MaxLag) return;
        TaskCompletionSource mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource wait = Interlocked.CompareExchange(ref calm, mine, null) ?? mine;
        // The last of them may have ended before this could be seen.
        if (!IsBusy) return;
        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Task.WhenAny(wait.Task, Task.Delay(options.MaxPause, clock, waiting.Token));
        await waiting.CancelAsync();
    }

    private bool IsBusy => Volatile.Read(ref running) > options.BusyRequests;
}
