using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>One failed event, whole.</summary>
public sealed class GetFailedEvent(FailedEvents failed)
{
    [Function("GetFailedEvent")]
    [OpenApiOperation("getFailedEvent", "failed-events")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/failed-events/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        await failed.Find(id, token) is { } found
            ? Answer.Json(found.Value, MarketingJson.Crm.FailedEvent, etag: found.ETag)
            : Answer.Problem(Problems.NotFound("There is no such failed event."));
}
