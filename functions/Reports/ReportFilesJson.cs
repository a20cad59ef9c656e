using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Reports;

[JsonSerializable(typeof(DailyCommunication))]
[JsonSerializable(typeof(DailyCommunicationLine))]
[JsonSerializable(typeof(ReportManifest))]
internal sealed partial class ReportFilesJson : JsonSerializerContext
{
    public static ReportFilesJson Crm { get; } = CrmJson.For(o => new ReportFilesJson(o));

    /// <summary>The same for files that people open.</summary>
    public static ReportFilesJson Indented { get; } = CrmJson.For(o => new ReportFilesJson(new(o) { WriteIndented = true, NewLine = "\n" }));
}
