using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Model;

[JsonSerializable(typeof(Activity))]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(TextInsight))]
[JsonSerializable(typeof(CommunicationContribution))]
[JsonSerializable(typeof(PostalAddress))]
public sealed partial class ModelJson : JsonSerializerContext
{
    public static ModelJson Crm { get; } = CrmJson.For(o => new ModelJson(o));
}
