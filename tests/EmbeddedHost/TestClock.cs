using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.EmbeddedHost;

/// <summary>Stands still until moved, and tells when the code under test has begun to wait, so that a move is never too early.</summary>
internal sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock gate = new();
    private readonly List<TimeSpan> armed = [];
    private readonly List<(TimeSpan Due, int Count, TaskCompletionSource Reached)> waiting = [];

    public TestClock() : this(new(2026, 3, 1, 10, 30, 0, TimeSpan.Zero)) { }

    /// <summary>Completes once that many waits of that length have begun, counted from the clock's first day.</summary>
    public Task Armed(TimeSpan due, int count = 1)
    {
        lock (gate)
        {
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (armed.Count(a => a == due) >= count) reached.SetResult();
            else waiting.Add((due, count, reached));
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    public int ArmedSoFar(TimeSpan due)
    {
        lock (gate) return armed.Count(a => a == due);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        lock (gate)
        {
            armed.Add(dueTime);
            foreach ((_, _, TaskCompletionSource reached) in waiting.Where(w => armed.Count(a => a == w.Due) >= w.Count)) reached.TrySetResult();
        }

        return timer;
    }
}
