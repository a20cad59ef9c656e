using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Service;

[JsonSerializable(typeof(BusinessTimeAnswer))]
[JsonSerializable(typeof(BusinessTimeQuestion))]
[JsonSerializable(typeof(Calendar))]
[JsonSerializable(typeof(CalendarFields))]
[JsonSerializable(typeof(Case))]
[JsonSerializable(typeof(CaseEntry))]
[JsonSerializable(typeof(CaseFields))]
[JsonSerializable(typeof(CaseMerge))]
[JsonSerializable(typeof(CasePointer))]
[JsonSerializable(typeof(CaseReference))]
[JsonSerializable(typeof(CaseRule))]
[JsonSerializable(typeof(CaseRuleFields))]
[JsonSerializable(typeof(CaseSplit))]
[JsonSerializable(typeof(CaseStanding))]
[JsonSerializable(typeof(CaseStatus))]
[JsonSerializable(typeof(CaseStatusFields))]
[JsonSerializable(typeof(ListedCase))]
[JsonSerializable(typeof(NewCaseLink))]
[JsonSerializable(typeof(NewCaseNote))]
[JsonSerializable(typeof(Queue))]
[JsonSerializable(typeof(QueueFields))]
[JsonSerializable(typeof(SlaPolicy))]
[JsonSerializable(typeof(SlaPolicyFields))]
internal sealed partial class ServiceJson : JsonSerializerContext
{
    public static ServiceJson Crm { get; } = CrmJson.For(o => new ServiceJson(o));
}
