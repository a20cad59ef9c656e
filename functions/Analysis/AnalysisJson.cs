using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Analysis;

[JsonSerializable(typeof(AnalysisRequest))]
internal sealed partial class AnalysisJson : JsonSerializerContext
{
    public static AnalysisJson Crm { get; } = CrmJson.For(o => new AnalysisJson(o));
}
