using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Marketing.Campaigns;

namespace Crm.Marketing;

[JsonSerializable(typeof(Campaign))]
[JsonSerializable(typeof(CampaignFields))]
internal sealed partial class MarketingJson : JsonSerializerContext
{
    public static MarketingJson Crm { get; } = CrmJson.For(o => new MarketingJson(o));
}
