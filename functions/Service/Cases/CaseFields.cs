using System.Text.Json.Serialization;
using Crm.Kernel;
using FluentValidation;

namespace Crm.Service;

/// <summary>What a caller may say of a case.</summary>
/// <param name="Status">Absent: <c>open</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CaseFields(
    string? CustomerId = null,
    string? Subject = null,
    string? Category = null,
    string? Status = null,
    CasePriority? Priority = null,
    string? QueueId = null,
    string? Assignee = null,
    IReadOnlyList<string>? Tags = null)
{
    public static CaseFields Of(Case one) =>
        new(one.CustomerId, one.Subject, one.Category, one.Status, one.Priority, one.QueueId, one.Assignee, one.Tags);

    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<CaseFields>
    {
        public Rules()
        {
            RuleFor(c => c.CustomerId).Must(id => id is not null && Ids.TimeOf(id) is not null).WithMessage("expected the id of a customer");
            RuleFor(c => c.Subject).NotEmpty().MaximumLength(1_000);
            RuleFor(c => c.Category).MaximumLength(100);
            RuleFor(c => c.Assignee).MaximumLength(100);
            RuleFor(c => c.Tags).Must(t => t is null || t.Count <= 50).WithMessage("expected at most 50 tags");
            RuleForEach(c => c.Tags).Must(t => t is { Length: >= 1 and <= 50 } && !t.Contains(',', StringComparison.Ordinal)).WithMessage("expected 1 to 50 characters without a comma");
        }
    }
}
