using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Reports;

[JsonSerializable(typeof(NewRun))]
[JsonSerializable(typeof(ReportList))]
[JsonSerializable(typeof(ReportRun))]
[JsonSerializable(typeof(ReportRunPage))]
[JsonSerializable(typeof(ReportRunView))]
internal sealed partial class ReportsJson : JsonSerializerContext
{
    public static ReportsJson Crm { get; } = CrmJson.For(o => new ReportsJson(o));
}
