namespace Crm.Service;

/// <summary>A case as lists show it.</summary>
/// <param name="DueAt">The earliest time of a promise that is not kept yet; null while all pause or nothing is promised. As of the last change of the case.</param>
public sealed record ListedCase(
    string Id,
    string CustomerId,
    string Reference,
    string Subject,
    string? Category,
    string Status,
    CaseState State,
    CasePriority Priority,
    string? QueueId,
    string? Assignee,
    IReadOnlyList<string> Tags,
    string? MergedInto,
    DateTimeOffset? DueAt,
    DateTimeOffset? WaitingSince,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt)
{
    public static ListedCase Of(Case one, IReadOnlyList<Promise> promises) => new(
        one.Id, one.CustomerId, one.Reference, one.Subject, one.Category, one.Status, one.State, one.Priority, one.QueueId, one.Assignee, one.Tags, one.MergedInto,
        promises.Where(p => p.MetAt is null).Min(p => p.DueAt), one.Course.WaitingSince, one.CreatedAt, one.ChangedAt);
}
