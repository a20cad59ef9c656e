using Crm.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Adds up to 100.</summary>
public sealed class CreateCustomers(CustomerWrites writes, TimeProvider clock)
{
    [Function("CreateCustomers")]
    [OpenApiOperation("createCustomers", "customers")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/customers/batch")] HttpRequest request,
        CancellationToken token) =>
        Batches.Run(request, CustomersJson.Crm.CustomerFields, async (fields, index) =>
        {
            var made = await writes.Create(NewIds.Of(request.HttpContext, clock, index), fields, "api", token);
            return made.Match(m => BatchResult.Made(m.Value.Id, m.ETag), BatchResult.Refused);
        }, token);
}
