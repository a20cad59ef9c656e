using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Takes the import back: who was made is deleted, who was changed is as before, unless changed since.</summary>
public sealed class TakeBackImport(ImportStore imports)
{
    [Function("TakeBackImport")]
    [OpenApiOperation("takeBackImport", "imports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{id}/revert")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var after = await imports.Change(id, i => i.State is ImportState.Done or ImportState.Cancelled or ImportState.Failed ? i with { State = ImportState.Reverting } : i, token);
        if (after is null) return Answer.Problem(Problems.NotFound("There is no such import."));
        return after.State is ImportState.Reverting or ImportState.Reverted
            ? Answer.Json(after, CustomersJson.Crm.Import, StatusCodes.Status202Accepted)
            : Answer.Problem(Problems.Conflict($"The import is {after.State.ToString().ToLowerInvariant()}: it cannot be taken back."));
    }
}
