using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>Takes one event type away: its events are untyped from then on.</summary>
public sealed class DeleteEventType(EventTypes types)
{
    [Function("DeleteEventType")]
    [OpenApiOperation("deleteEventType", "event-types")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/event-types/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => types.Delete(request, id, token);
}
