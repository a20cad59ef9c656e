using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>A JSON Merge Patch on the version that the caller has read.</summary>
public sealed class ChangeCompany(Companies companies)
{
    [Function("ChangeCompany")]
    [OpenApiOperation("changeCompany", "companies")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/companies/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        companies.Change(request, id, token);
}
