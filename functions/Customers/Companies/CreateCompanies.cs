using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Adds up to 100.</summary>
public sealed class CreateCompanies(Companies companies)
{
    [Function("CreateCompanies")]
    [OpenApiOperation("createCompanies", "companies")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/companies/batch")] HttpRequest request,
        CancellationToken token) =>
        companies.CreateMany(request, token);
}
