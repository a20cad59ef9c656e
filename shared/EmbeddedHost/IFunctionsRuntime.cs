namespace Crm.EmbeddedHost;

/// <summary>What the running functions are doing.</summary>
public interface IFunctionsRuntime
{
    /// <summary>Every function served, HTTP included, by name.</summary>
    IReadOnlyList<FunctionMetadata> Functions { get; }

    /// <summary>
    /// Completes once every feed is read to its end, every queue is empty of due messages, no timer is due and none of
    /// their functions runs, all at the same time. A function that waits for its retry counts as running; requests do not.
    /// </summary>
    Task WhenIdle(CancellationToken token);

    /// <summary>One row per feed, queue and timer function, by name.</summary>
    Task<IReadOnlyList<FunctionStatus>> Status(CancellationToken token);
}

/// <param name="Trigger"><c>feed</c>, <c>queue</c> or <c>timer</c>.</param>
/// <param name="Source">The container, the queue or the schedule.</param>
/// <param name="Running">Runs in progress.</param>
/// <param name="Pending">Messages due in a queue; for a feed, only 0 or 1 or more; for a timer, 1 when a slot is due.</param>
/// <param name="Lag">The age of the oldest that waits; null when nothing does.</param>
/// <param name="LastError">The type of the last failure, never its message: messages may hold personal data.</param>
/// <param name="Parked">Documents parked since this process started.</param>
public sealed record FunctionStatus(
    string Name,
    string Trigger,
    string Source,
    int Running,
    long Pending,
    TimeSpan? Lag,
    DateTimeOffset? LastSuccess,
    DateTimeOffset? LastFailure,
    string? LastError,
    long Parked);
