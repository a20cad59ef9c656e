using Crm.Ports;

namespace Crm.EmbeddedHost;

/// <summary>Lets a pump sleep until the store has something new, a poll is due, or somebody nudges it.</summary>
internal sealed class WakeUp(TimeProvider clock, IWriteSignal? signal, string topic)
{
    private TaskCompletionSource nudged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Take it before reading the store, then wait for what comes after it.</summary>
    public long Seen => signal?.Current(topic) ?? 0;

    public void Nudge() => Volatile.Read(ref nudged).TrySetResult();

    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was cancelled.</exception>
    public async Task Next(long seen, TimeSpan atMost, CancellationToken stopping)
    {
        using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task nudge = Volatile.Read(ref nudged).Task;
        Task poll = Task.Delay(atMost, clock, waiting.Token);
        await (signal is null ? Task.WhenAny(nudge, poll) : Task.WhenAny(nudge, poll, signal.After(topic, seen, waiting.Token)));
        if (nudge.IsCompleted) Volatile.Write(ref nudged, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await waiting.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }
}
