using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>One import with the counts of the chunks that are done: ask again to follow it.</summary>
public sealed class GetImport(ImportStore imports)
{
    [Function("GetImport")]
    [OpenApiOperation("getImport", "imports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/imports/{id}")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        if (await imports.Find(id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such import."));
        if (!stored.Value.IsAtWork) return Answer.Json(stored.Value, CustomersJson.Crm.Import, etag: stored.ETag);
        var (counts, _) = await imports.Progress(stored.Value, ImportChunkState.Applied, token);
        return Answer.Json(stored.Value with { Counts = counts }, CustomersJson.Crm.Import);
    }
}
