using System.Text.Json.Serialization;
using Crm.Kernel;
using FluentValidation;

namespace Crm.Service;

/// <summary>
/// What is promised. Of the policies that fit a case by queue and have a target for its priority, the one of the lowest order
/// holds; the older of two equal ones.
/// </summary>
public sealed record SlaPolicy
{
    public const string KindName = "sla-policy";

    public const int DefaultAtRiskPercent = 25;

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required string Name { get; init; }

    public int Order { get; init; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string> Queues { get; init; } = [];

    /// <summary>Null: every hour counts.</summary>
    public string? CalendarId { get; init; }

    public IReadOnlyList<SlaTarget> Targets { get; init; } = [];

    /// <summary>States in which the time to resolution stands still. Waiting for a first or next answer never pauses.</summary>
    public IReadOnlyList<CaseState> PauseOn { get; init; } = [];

    /// <summary>A promise is at risk when less than this share of its time is left.</summary>
    public int AtRiskPercent { get; init; } = DefaultAtRiskPercent;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    /// <summary>The policy and target that hold for a case; null where nothing is promised.</summary>
    public static (SlaPolicy Policy, SlaTarget Target)? Of(IEnumerable<SlaPolicy> policies, string? queueId, CasePriority priority) =>
    (
        from policy in policies
        orderby policy.Order, policy.CreatedAt, policy.Id
        where policy.Queues.Count == 0 || (queueId is not null && policy.Queues.Contains(queueId))
        from target in policy.Targets
        where target.Priority == priority
        select ((SlaPolicy, SlaTarget)?)(policy, target)
    ).FirstOrDefault();
}

/// <summary>Minutes of the policy's calendar; null promises nothing.</summary>
/// <param name="FirstResponseMinutes">From the opening to the first answer of a person.</param>
/// <param name="NextResponseMinutes">From the customer's first unanswered message to our answer, after the first response.</param>
/// <param name="ResolutionMinutes">From the opening until it is solved, without pauses.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SlaTarget(CasePriority? Priority = null, int? FirstResponseMinutes = null, int? NextResponseMinutes = null, int? ResolutionMinutes = null);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SlaPolicyFields(
    string? Name = null,
    int? Order = null,
    IReadOnlyList<string>? Queues = null,
    string? CalendarId = null,
    IReadOnlyList<SlaTarget>? Targets = null,
    IReadOnlyList<CaseState>? PauseOn = null,
    int? AtRiskPercent = null)
{
    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<SlaPolicyFields>
    {
        private const int YearOfMinutes = 366 * 24 * 60;

        public Rules()
        {
            RuleFor(p => p.Name).NotEmpty().MaximumLength(100);
            RuleFor(p => p.Order).InclusiveBetween(0, 10_000);
            RuleFor(p => p.AtRiskPercent).InclusiveBetween(0, 100);
            RuleFor(p => p.Queues).Must(q => q is null || q.Count <= 100).WithMessage("expected at most 100 queues");
            RuleForEach(p => p.Queues).NotEmpty().MaximumLength(100);
            RuleFor(p => p.Targets).Must(t => t is { Count: >= 1 and <= 4 } && t.Select(x => x?.Priority).Distinct().Count() == t.Count)
                .WithMessage("expected one target for each of one to four priorities");
            RuleForEach(p => p.Targets).Must(t => t is { Priority: not null } && Sound(t.FirstResponseMinutes) && Sound(t.NextResponseMinutes) && Sound(t.ResolutionMinutes))
                .WithMessage("expected a priority, and minutes from 1 to 527040");
            RuleFor(p => p.PauseOn).Must(s => s is null || s.All(x => x is CaseState.Open or CaseState.Pending or CaseState.OnHold))
                .WithMessage("expected some of open, pending, on-hold");
        }

        private static bool Sound(int? minutes) => minutes is null or (>= 1 and <= YearOfMinutes);
    }
}
