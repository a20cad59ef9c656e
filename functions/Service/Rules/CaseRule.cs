using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;
using FluentValidation;

namespace Crm.Service;

/// <summary>
/// A message that fits opens a case with these properties. Of the rules that fit, the one of the lowest order is followed; the
/// older of two equal ones.
/// </summary>
public sealed record CaseRule
{
    public const string KindName = "case-rule";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required string Name { get; init; }

    public int Order { get; init; }

    public bool Disabled { get; init; }

    public RuleConditions When { get; init; } = new();

    public RuleOpening Then { get; init; } = new();

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }
}

/// <summary>All that are given must hold; an empty one always holds.</summary>
/// <param name="Channels">One of them.</param>
/// <param name="Words">One of them stands in the subject or the text as a word or words, whatever the case of the letters.</param>
/// <param name="To">One of them is among the addressees.</param>
/// <param name="CustomerTags">The customer has one of them.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RuleConditions(
    IReadOnlyList<Channel>? Channels = null,
    IReadOnlyList<string>? Words = null,
    IReadOnlyList<string>? To = null,
    IReadOnlyList<string>? CustomerTags = null);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RuleOpening(
    string? Category = null,
    CasePriority? Priority = null,
    string? QueueId = null,
    string? Assignee = null,
    IReadOnlyList<string>? Tags = null);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CaseRuleFields(
    string? Name = null,
    int? Order = null,
    bool? Disabled = null,
    RuleConditions? When = null,
    RuleOpening? Then = null)
{
    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<CaseRuleFields>
    {
        public Rules()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(100);
            RuleFor(r => r.Order).InclusiveBetween(0, 10_000);
            RuleFor(r => r.When!.Channels).Must(c => c is null || c.Count <= 20).When(r => r.When is not null).WithMessage("expected at most 20 channels");
            RuleFor(r => r.When!.Words).Must(Few).When(r => r.When is not null).WithMessage("expected at most 100 words of 1 to 100 characters");
            RuleFor(r => r.When!.To).Must(Few).When(r => r.When is not null).WithMessage("expected at most 100 addresses of 1 to 100 characters");
            RuleFor(r => r.When!.CustomerTags).Must(Few).When(r => r.When is not null).WithMessage("expected at most 100 tags of 1 to 100 characters");
            RuleFor(r => r.Then!.Category).MaximumLength(100).When(r => r.Then is not null);
            RuleFor(r => r.Then!.Assignee).MaximumLength(100).When(r => r.Then is not null);
            RuleFor(r => r.Then!.Tags).Must(t => t is null || (t.Count <= 50 && t.All(x => x is { Length: >= 1 and <= 50 }))).When(r => r.Then is not null)
                .WithMessage("expected at most 50 tags of 1 to 50 characters");
        }

        private static bool Few(IReadOnlyList<string>? texts) => texts is null || (texts.Count <= 100 && texts.All(t => t is { Length: <= 100 } && !string.IsNullOrWhiteSpace(t)));
    }
}
