using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>One customer, with the ETag that a change needs.</summary>
public sealed class GetCustomer(IDocuments documents)
{
    [Function("GetCustomer")]
    [OpenApiOperation("getCustomer", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/customers/{id}")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var stored = await CustomerIds.Find(documents, id, token);
        return stored is null
            ? Answer.Problem(Problems.NotFound("There is no such customer."))
            : Answer.Json(stored.Value, ModelJson.Crm.Customer, etag: stored.ETag);
    }
}
