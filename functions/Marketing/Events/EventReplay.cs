using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Ports;
using FluentValidation;

namespace Crm.Marketing.Events;

/// <summary>
/// All open failed events of one type, tried again page by page. The document is the checkpoint: it names the page at work, and each
/// of its versions asks for that page's message.
/// </summary>
public sealed record EventReplay
{
    public const string KindName = "event-replay";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required string Type { get; init; }

    public required EventReplayState State { get; init; }

    /// <summary>Events that fit by now.</summary>
    public int Replayed { get; init; }

    /// <summary>Events that still do not.</summary>
    public int StillFailing { get; init; }

    /// <summary>Events that others settled or took away meanwhile.</summary>
    public int PassedOver { get; init; }

    /// <summary>Pages that are done.</summary>
    public int Pages { get; init; }

    /// <summary>The events of the page at work.</summary>
    public IReadOnlyList<string> AtWork { get; init; } = [];

    /// <summary>Where the page after it begins; null where it is the last one.</summary>
    public string? Next { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    public static DocumentKey KeyOf(string id) => new(Containers.Catalog, KindName, id);

    /// <summary>The next version: the page at work is done, and another is, unless there is none.</summary>
    public EventReplay After(IReadOnlyCollection<ReplayStep> done, IReadOnlyList<string> atWork, string? next, DateTimeOffset now) => this with
    {
        State = atWork.Count == 0 ? EventReplayState.Done : EventReplayState.Running,
        Replayed = Replayed + done.Count(s => s == ReplayStep.Replayed),
        StillFailing = StillFailing + done.Count(s => s == ReplayStep.StillFailing),
        PassedOver = PassedOver + done.Count(s => s == ReplayStep.PassedOver),
        Pages = Pages + 1,
        AtWork = atWork,
        Next = next,
        ChangedAt = now,
    };
}

public enum EventReplayState
{
    Running,
    Done,
}

public enum ReplayStep
{
    Replayed,
    StillFailing,
    PassedOver,
}

/// <param name="Type">Of the failed events.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EventReplayFields(string? Type = null)
{
    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<EventReplayFields>
    {
        public Rules() => RuleFor(r => r.Type).NotEmpty().MaximumLength(EventFields.MaxType);
    }
}

/// <summary>The message of one page: a pointer.</summary>
/// <param name="Attempt">From 0; grows when we put it off ourselves.</param>
public sealed record EventReplayPage(string ReplayId, int Pages, int Attempt = 0);
