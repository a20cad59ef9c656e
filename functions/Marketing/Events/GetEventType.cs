using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>One event type with its current schema.</summary>
public sealed class GetEventType(EventTypes types)
{
    [Function("GetEventType")]
    [OpenApiOperation("getEventType", "event-types")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/event-types/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => types.Get(id, token);
}
