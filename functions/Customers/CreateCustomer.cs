using Crm.Kernel;
using Crm.Model;
using Crm.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Adds a person that the caller knows. An address that is somebody's already is refused, naming whose.</summary>
public sealed class CreateCustomer(CustomerWrites writes, TimeProvider clock)
{
    [Function("CreateCustomer")]
    [OpenApiOperation("createCustomer", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/customers")] HttpRequest request,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, CustomersJson.Crm.CustomerFields, token);
        return await read.Match(async fields =>
        {
            var made = await writes.Create(NewIds.Of(request.HttpContext, clock), fields, "api", token);
            return made.Match(m => Answer.Json(m.Value, ModelJson.Crm.Customer, StatusCodes.Status201Created, m.ETag, $"/api/customers/{m.Value.Id}"), Answer.Problem);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }
}
