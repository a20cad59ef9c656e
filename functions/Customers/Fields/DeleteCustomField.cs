using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Takes the declaration away; values that are there stay until their document is next changed.</summary>
public sealed class DeleteCustomField(CustomFields fields)
{
    [Function("DeleteCustomField")]
    [OpenApiOperation("deleteCustomField", "custom-fields")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/custom-fields/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        fields.Delete(request, id, token);
}
