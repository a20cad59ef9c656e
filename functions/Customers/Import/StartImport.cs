using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Takes the sound rows in. One that is started already stays so.</summary>
public sealed class StartImport(ImportStore imports)
{
    [Function("StartImport")]
    [OpenApiOperation("startImport", "imports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{id}/start")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var after = await imports.Change(id, i => i.State is ImportState.Ready ? i with { State = ImportState.Running } : i, token);
        if (after is null) return Answer.Problem(Problems.NotFound("There is no such import."));
        return after.State is ImportState.Running or ImportState.Done
            ? Answer.Json(after, CustomersJson.Crm.Import, StatusCodes.Status202Accepted)
            : Answer.Problem(Problems.Conflict($"The import is {after.State.ToString().ToLowerInvariant()}: it cannot be started."));
    }
}
