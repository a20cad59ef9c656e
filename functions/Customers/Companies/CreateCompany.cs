using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Adds a company.</summary>
public sealed class CreateCompany(Companies companies)
{
    [Function("CreateCompany")]
    [OpenApiOperation("createCompany", "companies")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/companies")] HttpRequest request,
        CancellationToken token) =>
        companies.Create(request, token);
}
