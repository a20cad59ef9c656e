using System.Text.Json.Serialization;

namespace Crm.Kernel;

[JsonSerializable(typeof(Problem))]
internal sealed partial class KernelJson : JsonSerializerContext
{
    public static KernelJson Crm { get; } = CrmJson.For(o => new KernelJson(o));
}
