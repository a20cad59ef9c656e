using Crm.Kernel;
using Crm.Ports;

namespace Crm.Service;

/// <summary>
/// Something a customer wants from us until it is done; in the customer's partition, with its history beside it. The id is the
/// customer's, a dot, and an id that sorts by time: it says where the document lies, and keeps saying so across merges.
/// </summary>
public sealed record Case
{
    public const string KindName = "case";

    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public string Kind { get; init; } = KindName;

    /// <summary>For people to say on the phone; <see cref="CaseReference"/>.</summary>
    public required string Reference { get; init; }

    public required string Subject { get; init; }

    public string? Category { get; init; }

    /// <summary>One of the five states, or the key of a status of the company's own.</summary>
    public required string Status { get; init; }

    /// <summary>What the status means.</summary>
    public required CaseState State { get; init; }

    public CasePriority Priority { get; init; } = CasePriority.Normal;

    public string? QueueId { get; init; }

    public string? Assignee { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<CaseLink> Links { get; init; } = [];

    /// <summary>The case that this one has become part of.</summary>
    public string? MergedInto { get; init; }

    public required CaseCourse Course { get; init; }

    /// <summary>How many entries its history has; the next one's number.</summary>
    public int Entries { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset TimelineAt { get; init; }

    public static Case Open(string customerId, string id, string subject, CaseState state, string status, DateTimeOffset openedAt, DateTimeOffset now) => new()
    {
        Id = id,
        CustomerId = customerId,
        Reference = CaseReference.Of(id),
        Subject = subject,
        Status = status,
        State = state,
        Course = CaseCourse.Begin(openedAt, state),
        CreatedAt = now,
        ChangedAt = now,
        TimelineAt = openedAt,
    };

    public static string IdOf(string customerId, string id) => $"{customerId}.{id}";

    /// <summary>Null for an id that no case can have.</summary>
    public static DocumentKey? KeyOf(string id)
    {
        var dot = id.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < id.Length - 1 && Ids.TimeOf(id[(dot + 1)..]) is not null && DocumentKeys.IsId(id)
            ? new DocumentKey(Containers.Customers, id[..dot], id)
            : null;
    }

    /// <summary>Goes over to another status; one of the same state leaves the clocks alone.</summary>
    public Case Enter(string status, CaseState state, DateTimeOffset at) => this with { Status = status, State = state, Course = Course.Enter(state, at) };

    /// <summary>Takes over a course; where its state is another, the status of ours that is named after it.</summary>
    public Case Follow(CaseCourse course) =>
        course.State == State ? this with { Course = course } : this with { Course = course, State = course.State, Status = KnownStatuses.NameOf(course.State) };
}

public enum CasePriority
{
    Low,
    Normal,
    High,
    Urgent,
}

/// <summary>Exactly one of case, activity and address is given.</summary>
public sealed record CaseLink(CaseRelation Relation, string? CaseId = null, string? ActivityId = null, string? Url = null);

public enum CaseRelation
{
    Related,
    Parent,
    Child,
    Duplicate,
    Merged,
    Split,
}
