using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Marketing.Campaigns;
using Crm.Marketing.Events;
using Crm.Marketing.Funnel;

namespace Crm.Marketing;

[JsonSerializable(typeof(Campaign))]
[JsonSerializable(typeof(CampaignFields))]
[JsonSerializable(typeof(EventType))]
[JsonSerializable(typeof(EventTypeFields))]
[JsonSerializable(typeof(EventTypeVersion))]
[JsonSerializable(typeof(EventFields))]
[JsonSerializable(typeof(EventAnswer))]
[JsonSerializable(typeof(FailedEvent))]
[JsonSerializable(typeof(FailedEventReplay))]
[JsonSerializable(typeof(FailedEventDiscard))]
[JsonSerializable(typeof(EventReplay))]
[JsonSerializable(typeof(EventReplayFields))]
[JsonSerializable(typeof(EventReplayPage))]
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
