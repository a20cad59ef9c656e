using System.Text.Json.Serialization;
using Crm.Ports;

namespace Crm.Service;

/// <summary>One step of a case's history: written in one transaction with what it tells of, and never changed.</summary>
public sealed record CaseEntry
{
    public const string KindName = "case-entry";

    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public string Kind { get; init; } = KindName;

    public required string CaseId { get; init; }

    public required CaseStep Step { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>key:</c> and the caller's key, <c>rule:</c> and the rule, or <c>message</c>.</summary>
    public required string By { get; init; }

    public IReadOnlyList<CaseChange> Changes { get; init; } = [];

    /// <summary>Of a note.</summary>
    public string? Text { get; init; }

    public string? ActivityId { get; init; }

    public string? OtherCaseId { get; init; }

    /// <summary>Of the request that wrote it, where that can be repeated.</summary>
    public string? RequestId { get; init; }

    [JsonIgnore]
    public DocumentKey Key => new(Containers.Customers, CustomerId, Id);

    /// <summary>The next entry of a case.</summary>
    public static CaseEntry Of(Case one, CaseStep step, DateTimeOffset at, string by) => new()
    {
        Id = FormattableString.Invariant($"{one.Id}.{one.Entries:D6}"),
        CustomerId = one.CustomerId,
        CaseId = one.Id,
        Step = step,
        At = at,
        By = by,
    };
}

public enum CaseStep
{
    Opened,
    Changed,
    Note,
    MessageReceived,
    MessageSent,
    Linked,
    MergedInto,
    MergedFrom,
    SplitOff,
    SplitFrom,
}

/// <summary>One field before and after; null where there was, or is, nothing. A list is written with commas.</summary>
public sealed record CaseChange(string Field, string? From, string? To)
{
    /// <summary>What differs between two versions.</summary>
    public static IReadOnlyList<CaseChange> Between(Case before, Case after) =>
    [
        .. new CaseChange[]
        {
            new("subject", before.Subject, after.Subject),
            new("category", before.Category, after.Category),
            new("status", before.Status, after.Status),
            new("priority", NameOf(before.Priority), NameOf(after.Priority)),
            new("queueId", before.QueueId, after.QueueId),
            new("assignee", before.Assignee, after.Assignee),
            new("tags", Joined(before.Tags), Joined(after.Tags)),
        }.Where(c => c.From != c.To),
    ];

    private static string NameOf(CasePriority priority) => priority.ToString().ToLowerInvariant();

    private static string? Joined(IReadOnlyList<string> tags) => tags.Count == 0 ? null : string.Join(',', tags);
}
