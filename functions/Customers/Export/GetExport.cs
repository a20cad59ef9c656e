using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>One export: ask again to follow it.</summary>
public sealed class GetExport(Exports exports)
{
    [Function("GetExport")]
    [OpenApiOperation("getExport", "exports")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/exports/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        exports.Get(id, token);
}
