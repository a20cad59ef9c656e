using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>One declared field.</summary>
public sealed class GetCustomField(CustomFields fields)
{
    [Function("GetCustomField")]
    [OpenApiOperation("getCustomField", "custom-fields")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/custom-fields/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        fields.Get(id, token);
}
