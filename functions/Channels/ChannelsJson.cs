using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Channels;

[JsonSerializable(typeof(Connection))]
[JsonSerializable(typeof(ConnectionPage))]
[JsonSerializable(typeof(EventClaim))]
[JsonSerializable(typeof(NewConnection))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ChannelsJson : JsonSerializerContext
{
    public static ChannelsJson Crm { get; } = CrmJson.For(o => new ChannelsJson(o));
}
