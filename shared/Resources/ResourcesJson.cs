using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Resources;

[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ResourcesJson : JsonSerializerContext
{
    public static ResourcesJson Crm { get; } = CrmJson.For(o => new ResourcesJson(o));
}
