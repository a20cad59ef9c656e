using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Marketing.Campaigns;
using Crm.Marketing.Funnel;

namespace Crm.Marketing;

[JsonSerializable(typeof(Campaign))]
[JsonSerializable(typeof(CampaignFields))]
[JsonSerializable(typeof(FunnelRequest))]
[JsonSerializable(typeof(FunnelRebuild))]
[JsonSerializable(typeof(FunnelBasis))]
[JsonSerializable(typeof(FunnelShare))]
[JsonSerializable(typeof(CampaignReceived))]
[JsonSerializable(typeof(CampaignFunnel))]
internal sealed partial class MarketingJson : JsonSerializerContext
{
    public static MarketingJson Crm { get; } = CrmJson.For(o => new MarketingJson(o));
}
