using System.Text.Json.Serialization;
using Crm.Analysis.Models;
using Crm.Kernel;

namespace Crm.Analysis;

[JsonSerializable(typeof(AnalysisRequest))]
[JsonSerializable(typeof(TextModel))]
[JsonSerializable(typeof(TextModelVersion))]
[JsonSerializable(typeof(ModelTraining))]
[JsonSerializable(typeof(TrainingSet))]
[JsonSerializable(typeof(TextsToTell))]
[JsonSerializable(typeof(PredictedLabels))]
internal sealed partial class AnalysisJson : JsonSerializerContext
{
    public static AnalysisJson Crm { get; } = CrmJson.For(o => new AnalysisJson(o));
}
