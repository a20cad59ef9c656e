using System.Text.Json.Serialization;
using Crm.Kernel;
using FluentValidation;

namespace Crm.Service;

/// <summary>A company's own word for where a case stands; each means one of the five states. It stays, for cases name it.</summary>
public sealed record CaseStatus
{
    public const string KindName = "case-status";

    /// <summary>The key that cases name.</summary>
    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required string Name { get; init; }

    public required CaseState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }
}

/// <summary>What a status means for clocks and lists.</summary>
public enum CaseState
{
    /// <summary>We have to do something.</summary>
    Open,

    /// <summary>The customer has to do something.</summary>
    Pending,

    /// <summary>Somebody else has to do something.</summary>
    OnHold,

    /// <summary>Done; the customer's next message opens it again.</summary>
    Solved,

    /// <summary>Done for good; the customer's next message is a new case.</summary>
    Closed,
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CaseStatusFields(string? Key = null, string? Name = null, CaseState? State = null)
{
    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<CaseStatusFields>
    {
        public Rules()
        {
            RuleFor(s => s.Key).Must(k => k is not null).WithMessage("expected a key").Matches("^[a-z0-9][a-z0-9-]{0,49}$").WithMessage("expected 1 to 50 of a-z, 0-9 and -, such as waiting-for-parts");
            RuleFor(s => s.Key).Must(k => k is null || KnownStatuses.OwnState(k) is null).WithMessage("expected a key other than open, pending, on-hold, solved and closed");
            RuleFor(s => s.Name).NotEmpty().MaximumLength(100);
            RuleFor(s => s.State).NotNull().WithMessage("expected one of open, pending, on-hold, solved, closed");
        }
    }
}
