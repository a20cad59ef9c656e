using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>The replays, newest first.</summary>
public sealed class ListEventReplays(EventReplays replays)
{
    [Function("ListEventReplays")]
    [OpenApiOperation("listEventReplays", "failed-events")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/event-replays")] HttpRequest request,
        CancellationToken token) => replays.List(request, token);
}
