using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Exports, the newest first.</summary>
public sealed class ListExports(Exports exports)
{
    [Function("ListExports")]
    [OpenApiOperation("listExports", "exports")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/exports")] HttpRequest request,
        CancellationToken token) =>
        exports.List(request, token);
}
