using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Marketing.Campaigns;

/// <summary>Campaigns in the manner of every resource.</summary>
public sealed class CampaignResource(IDocuments documents, TimeProvider clock) : CatalogResource<Campaign, CampaignFields>(documents, clock)
{
    protected override string Path => "/api/campaigns";

    protected override string Noun => "campaign";

    protected override string Kind => Campaign.KindName;

    public override JsonTypeInfo<Campaign> Type => MarketingJson.Crm.Campaign;

    public override JsonTypeInfo<CampaignFields> FieldsType => MarketingJson.Crm.CampaignFields;

    public override ListShape Shape { get; } = ListShape.Of(MarketingJson.Crm.Campaign, ["-createdAt", "name"], "status", "channel", "tag", "externalId");

    protected override Outcome<Condition> Where(string filter, string value) => filter switch
    {
        "externalId" => new Condition.Contains("eventNames", CampaignName.Normal(value) ?? ""),
        "tag" => new Condition.Contains("tags", value),
        "status" when value is not ("draft" or "active" or "paused" or "ended") => Problems.Invalid(FieldError.In("status", "expected one of draft, active, paused, ended")),
        _ => new Condition.Equal(filter, value),
    };

    protected override string IdOf(Campaign value) => value.Id;

    protected override CampaignFields FieldsOf(Campaign value) => CampaignFields.Of(value);

    protected override Problem? Fault(CampaignFields fields) => fields.Fault();

    protected override Campaign Make(string id, CampaignFields fields, DateTimeOffset now) =>
        Change(new Campaign { Id = id, Name = "", Status = CampaignStatus.Draft, CreatedAt = now, ChangedAt = now, SortAt = now, SortName = "" }, fields, now);

    protected override Campaign Change(Campaign value, CampaignFields fields, DateTimeOffset now) => value with
    {
        Name = fields.Name!,
        SortName = fields.Name!.ToUpperInvariant(),
        Status = fields.Status ?? CampaignStatus.Draft,
        Channel = fields.Channel,
        StartsAt = fields.StartsAt,
        EndsAt = fields.EndsAt,
        Currency = fields.Currency,
        Budget = fields.Budget,
        Spend = fields.Spend,
        Revenue = fields.Revenue,
        Tags = [.. (fields.Tags ?? []).Distinct()],
        ExternalIds = [.. (fields.ExternalIds ?? []).Distinct()],
        Goal = fields.Goal,
        ConversionDays = fields.ConversionDays ?? CampaignFields.DefaultConversionDays,
        ChangedAt = now,
    };
}
