using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Orders a file of customers.</summary>
public sealed class CreateExport(Exports exports)
{
    [Function("CreateExport")]
    [OpenApiOperation("createExport", "exports")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/exports")] HttpRequest request,
        CancellationToken token) =>
        exports.Create(request, token);
}
