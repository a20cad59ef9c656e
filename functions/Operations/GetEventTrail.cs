using Crm.Kernel;
using Crm.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Operations;

/// <summary>One event from the raw request to the report row, by the id of its activity or of a receipt.</summary>
public sealed class GetEventTrail(EventTrails trails)
{
    [Function("GetEventTrail")]
    [OpenApiOperation("getEventTrail", "operations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/events/{id}/trail")] HttpRequest request,
        string id,
        CancellationToken token) =>
        await trails.Follow(id, token) is { } trail
            ? Answer.Json(new TrailView(trail.Activity?.Id, trail.Activity?.CustomerId, trail.ReceiptId, trail.Stages), OperationsJson.Crm.TrailView)
            : Answer.Problem(Problems.NotFound("There is no event and no receipt with this id."));
}

public sealed record TrailView(string? ActivityId, string? CustomerId, string? ReceiptId, IReadOnlyList<TrailStage> Stages);
