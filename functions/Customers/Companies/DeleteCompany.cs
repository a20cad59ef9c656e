using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Takes a company away that no customer works for.</summary>
public sealed class DeleteCompany(Companies companies)
{
    [Function("DeleteCompany")]
    [OpenApiOperation("deleteCompany", "companies")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/companies/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        companies.Delete(request, id, token);
}
