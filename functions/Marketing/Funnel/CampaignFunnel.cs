using Crm.Marketing.Campaigns;

namespace Crm.Marketing.Funnel;

/// <summary>
/// A campaign's steps with their rates. Rates are of unique recipients, machines' opens and clicks left out, each with the step
/// that it is of; null where that step is nobody's.
/// </summary>
/// <param name="Recipients">Customers with an event of the campaign.</param>
/// <param name="ConversionValue">The sum of the conversions' amounts in the campaign's currency.</param>
/// <param name="OtherCurrency">Conversions whose amount is in another currency: not in the sum.</param>
/// <param name="ClickToOpen">Unique clicks over unique opens; can pass 1, since not every click shows an open.</param>
/// <param name="CostPerClick">Spend over unique clicks.</param>
/// <param name="CostPerConversion">Spend over unique conversions.</param>
/// <param name="ReturnOnSpend">Conversion value less spend, over spend.</param>
public sealed record CampaignFunnel(
    string CampaignId,
    string? Currency,
    long Recipients,
    IReadOnlyList<FunnelStep> Steps,
    decimal ConversionValue,
    long OtherCurrency,
    decimal? ClickToOpen,
    decimal? CostPerClick,
    decimal? CostPerConversion,
    decimal? ReturnOnSpend)
{
    public static CampaignFunnel Of(Campaign campaign, long recipients, FunnelCounts counts) => new(
        campaign.Id,
        campaign.Currency,
        recipients,
        [
            Step("sent", counts.Sent, null, 0),
            Step("delivered", counts.Delivered, "sent", counts.Sent.Unique),
            Step("opened", counts.Opened, "delivered", counts.Delivered.Unique),
            Step("clicked", counts.Clicked, "delivered", counts.Delivered.Unique),
            Step("converted", counts.Converted, "delivered", counts.Delivered.Unique),
            Step("bounced", counts.Bounced, "sent", counts.Sent.Unique),
            Step("complained", counts.Complained, "delivered", counts.Delivered.Unique),
            Step("unsubscribed", counts.Unsubscribed, "delivered", counts.Delivered.Unique),
        ],
        counts.Value,
        counts.OtherCurrency,
        Over(counts.Clicked.Unique, counts.Opened.Unique),
        Over(campaign.Spend, counts.Clicked.Unique),
        Over(campaign.Spend, counts.Converted.Unique),
        Over(counts.Value - campaign.Spend, campaign.Spend ?? 0));

    private static FunnelStep Step(string name, StepCount count, string? of, long whole) =>
        new(name, count.Unique, count.Total, count.MachineUnique, count.MachineTotal, of, Over(count.Unique, whole));

    private static decimal? Over(decimal? part, decimal whole) => whole == 0 || part is null ? null : decimal.Round(part.Value / whole, 4);
}

/// <param name="Unique">Recipients who took the step themselves.</param>
/// <param name="Total">Times that people took it.</param>
/// <param name="MachineUnique">Recipients for whom only a machine took it.</param>
/// <param name="MachineTotal">Times that machines took it.</param>
/// <param name="RateOf">The step whose unique recipients are the denominator.</param>
public sealed record FunnelStep(string Step, long Unique, long Total, long MachineUnique, long MachineTotal, string? RateOf, decimal? Rate);
