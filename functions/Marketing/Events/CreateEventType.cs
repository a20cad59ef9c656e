using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>Adds one event type; its name is its own.</summary>
public sealed class CreateEventType(EventTypes types)
{
    [Function("CreateEventType")]
    [OpenApiOperation("createEventType", "event-types")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/event-types")] HttpRequest request,
        CancellationToken token) => types.Create(request, token);
}
