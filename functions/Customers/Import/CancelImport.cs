using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Stops before the next chunk; what was taken in stays, and can be taken back.</summary>
public sealed class CancelImport(ImportStore imports)
{
    [Function("CancelImport")]
    [OpenApiOperation("cancelImport", "imports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var after = await imports.Change(id, i => i.State is ImportState.Validating or ImportState.Ready or ImportState.Running ? i with { State = ImportState.Cancelled } : i, token);
        if (after is null) return Answer.Problem(Problems.NotFound("There is no such import."));
        return after.State is ImportState.Cancelled
            ? Answer.Json(after, CustomersJson.Crm.Import, StatusCodes.Status202Accepted)
            : Answer.Problem(Problems.Conflict($"The import is {after.State.ToString().ToLowerInvariant()}: it cannot be cancelled."));
    }
}
