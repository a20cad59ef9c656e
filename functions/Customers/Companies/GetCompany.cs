using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>One company.</summary>
public sealed class GetCompany(Companies companies)
{
    [Function("GetCompany")]
    [OpenApiOperation("getCompany", "companies")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/companies/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        companies.Get(id, token);
}
