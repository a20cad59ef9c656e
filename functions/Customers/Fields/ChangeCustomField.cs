using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Description and schema by a JSON Merge Patch; values that are there already stay as they are.</summary>
public sealed class ChangeCustomField(CustomFields fields)
{
    [Function("ChangeCustomField")]
    [OpenApiOperation("changeCustomField", "custom-fields")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/custom-fields/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        fields.Change(request, id, token);
}
