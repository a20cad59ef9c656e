using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Customers;

[JsonSerializable(typeof(ClientCompany))]
[JsonSerializable(typeof(CompanyFields))]
[JsonSerializable(typeof(CompanyKey))]
[JsonSerializable(typeof(CustomField))]
[JsonSerializable(typeof(CustomFieldFields))]
[JsonSerializable(typeof(CustomerFields))]
[JsonSerializable(typeof(CustomerPage))]
[JsonSerializable(typeof(IdentityBinding))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(Export))]
[JsonSerializable(typeof(ExportFields))]
[JsonSerializable(typeof(Import))]
[JsonSerializable(typeof(ImportBefore))]
[JsonSerializable(typeof(ImportChunk))]
[JsonSerializable(typeof(ImportRow))]
[JsonSerializable(typeof(JobStep))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(KnownIdentity))]
[JsonSerializable(typeof(ListedCustomer))]
[JsonSerializable(typeof(NewIdentity))]
[JsonSerializable(typeof(RejectedRow))]
[JsonSerializable(typeof(Restoration))]
[JsonSerializable(typeof(TimelineItem))]
internal sealed partial class CustomersJson : JsonSerializerContext
{
    public static CustomersJson Crm { get; } = CrmJson.For(o => new CustomersJson(o));
}
