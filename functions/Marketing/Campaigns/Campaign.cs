using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;
using FluentValidation;

namespace Crm.Marketing.Campaigns;

/// <summary>Something that is proposed to many, with what it costs and what it brings. Amounts are in the campaign's own currency.</summary>
public sealed record Campaign
{
    public const string KindName = "campaign";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required string Name { get; init; }

    public required CampaignStatus Status { get; init; }

    public string? Channel { get; init; }

    public DateTimeOffset? StartsAt { get; init; }

    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>ISO 4217; null where there are no amounts.</summary>
    public string? Currency { get; init; }

    public decimal? Budget { get; init; }

    public decimal? Spend { get; init; }

    public decimal? Revenue { get; init; }

    /// <summary>Spend over budget; null without a budget.</summary>
    public decimal? BudgetUsed => Budget is > 0 ? decimal.Round((Spend ?? 0) / Budget.Value, 4) : null;

    /// <summary>Revenue less spend, over spend; null without spend.</summary>
    public decimal? ReturnOnSpend => Spend is > 0 ? decimal.Round(((Revenue ?? 0) - Spend.Value) / Spend.Value, 4) : null;

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What senders call it: their ids, a <c>utm_campaign</c>. Events that name one of these, or our id, are the campaign's.</summary>
    public IReadOnlyList<string> ExternalIds { get; init; } = [];

    /// <summary>The event that the campaign is for, such as <c>Order Completed</c>; null where nothing is to be converted to.</summary>
    public string? Goal { get; init; }

    /// <summary>How long after a click the goal's event is the campaign's doing, in days.</summary>
    public int ConversionDays { get; init; } = CampaignFields.DefaultConversionDays;

    /// <summary>The names that events are compared with.</summary>
    public IReadOnlyList<string> EventNames => [.. ExternalIds.Prepend(Id).Select(CampaignName.Normal).OfType<string>().Distinct()];

    /// <summary>Whether an event of this type, in the sender's words, is what the campaign is for.</summary>
    public bool IsGoal(string eventType) =>
        Goal is not null && (string.Equals(eventType, Goal, StringComparison.OrdinalIgnoreCase) || string.Equals(eventType, "track:" + Goal, StringComparison.OrdinalIgnoreCase));

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    public required string SortName { get; init; }
}

public enum CampaignStatus
{
    Draft,
    Active,
    Paused,
    Ended,
}

/// <summary>What a caller may say of a campaign.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CampaignFields(
    string? Name = null,
    CampaignStatus? Status = null,
    string? Channel = null,
    DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null,
    string? Currency = null,
    decimal? Budget = null,
    decimal? Spend = null,
    decimal? Revenue = null,
    IReadOnlyList<string>? Tags = null,
    IReadOnlyList<string>? ExternalIds = null,
    string? Goal = null,
    int? ConversionDays = null)
{
    public const int DefaultConversionDays = 7;

    public static CampaignFields Of(Campaign campaign) => new(
        campaign.Name, campaign.Status, campaign.Channel, campaign.StartsAt, campaign.EndsAt, campaign.Currency, campaign.Budget, campaign.Spend, campaign.Revenue, campaign.Tags,
        campaign.ExternalIds, campaign.Goal, campaign.ConversionDays);

    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<CampaignFields>
    {
        private const decimal Most = 1_000_000_000_000;

        public Rules()
        {
            RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
            RuleFor(c => c.Channel).MaximumLength(50);
            RuleFor(c => c.EndsAt).Must((c, end) => end is null || c.StartsAt is null || end > c.StartsAt).WithMessage("expected a time after startsAt");
            RuleFor(c => c.Currency).Matches("^[A-Z]{3}$").WithMessage("expected an ISO 4217 code, such as EUR");
            RuleFor(c => c.Currency).NotNull().When(c => c.Budget is not null || c.Spend is not null || c.Revenue is not null).WithMessage("expected a currency, such as EUR, where there are amounts");
            RuleFor(c => c.Budget).InclusiveBetween(0, Most);
            RuleFor(c => c.Spend).InclusiveBetween(0, Most);
            RuleFor(c => c.Revenue).InclusiveBetween(0, Most);
            RuleFor(c => c.Tags).Must(t => t is null || t.Count <= 50).WithMessage("expected at most 50 tags");
            RuleForEach(c => c.Tags).Length(1, 50);
            RuleFor(c => c.ExternalIds).Must(t => t is null || t.Count <= 50).WithMessage("expected at most 50 external ids");
            RuleForEach(c => c.ExternalIds).Must(name => CampaignName.Normal(name) is not null).WithMessage($"expected 1 to {CampaignName.MaxLength} characters that are not all blank");
            RuleFor(c => c.Goal).Length(1, 200);
            RuleFor(c => c.ConversionDays).InclusiveBetween(1, 90);
        }
    }
}
