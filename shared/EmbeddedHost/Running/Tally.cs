namespace Crm.EmbeddedHost;

/// <summary>What a pump did so far, for people who look at it.</summary>
internal sealed class Tally(TimeProvider clock, Movement movement)
{
    private readonly Lock gate = new();
    private int running;
    private long parked;
    private DateTimeOffset? lastSuccess;
    private (DateTimeOffset At, string Error)? lastFailure;

    public int Running => Volatile.Read(ref running);

    public void Begin()
    {
        Interlocked.Increment(ref running);
        movement.Note();
    }

    public void End()
    {
        Interlocked.Decrement(ref running);
        movement.Note();
    }

    /// <summary>The pump found nothing to do.</summary>
    public void Rest() => movement.Note();

    public void Succeeded()
    {
        lock (gate) lastSuccess = clock.GetUtcNow();
    }

    public void Failed(Exception error)
    {
        lock (gate) lastFailure = (clock.GetUtcNow(), error.GetType().Name);
        movement.Note();
    }

    public void Parked() => Interlocked.Increment(ref parked);

    public FunctionStatus Status(FunctionMetadata function, string source, long pending, TimeSpan? lag)
    {
        lock (gate)
        {
            return new(
                function.Name, function.Trigger.Kind, source, Running, pending, lag,
                lastSuccess, lastFailure?.At, lastFailure?.Error, Interlocked.Read(ref parked));
        }
    }
}
