namespace Crm.Model;

/// <summary>A module's part of the way one event took: each module tells the stages it owns.</summary>
public interface ITellsOfEvents
{
    /// <summary>Adds stages to the trail, in the order in which they happen, reading what earlier tellers found.</summary>
    Task Tell(EventTrail trail, CancellationToken token);

    /// <summary>Tellers are asked in this order.</summary>
    int Order { get; }
}

/// <summary>One event from the raw request to the report row.</summary>
public sealed class EventTrail(string askedFor)
{
    /// <summary>An activity's or a receipt's id.</summary>
    public string AskedFor { get; } = askedFor;

    public string? ReceiptId { get; set; }

    /// <summary>Set once somebody found the activity.</summary>
    public Activity? Activity { get; set; }

    public List<TrailStage> Stages { get; } = [];
}

/// <param name="Name"><c>receipt</c>, <c>verification</c>, <c>claim</c>, <c>activity</c>, <c>insights</c> or <c>report</c>.</param>
/// <param name="At">When it happened, UTC; null while it has not.</param>
/// <param name="Version">ETag, revision or method version.</param>
/// <param name="Facts">Decisions and their reasons.</param>
public sealed record TrailStage(
    string Name,
    StageState State,
    DateTimeOffset? At,
    string? Version,
    IReadOnlyList<TrailFact> Facts);

public sealed record TrailFact(string Name, string Value);

public enum StageState
{
    Done,
    Waiting,
    Quarantined,
    Skipped,
}
