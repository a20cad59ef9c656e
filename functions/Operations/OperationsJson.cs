using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Operations;

[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(DeadLetterDocument))]
[JsonSerializable(typeof(DeadLetterPage))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(IdempotencyKey))]
[JsonSerializable(typeof(KeyPage))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(ReadinessProbe))]
[JsonSerializable(typeof(SignInLink))]
[JsonSerializable(typeof(TrailView))]
internal sealed partial class OperationsJson : JsonSerializerContext
{
    public static OperationsJson Crm { get; } = CrmJson.For(o => new OperationsJson(o));
}
