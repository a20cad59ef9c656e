using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>How far one replay has come.</summary>
public sealed class GetEventReplay(EventReplays replays)
{
    [Function("GetEventReplay")]
    [OpenApiOperation("getEventReplay", "failed-events")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/event-replays/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => replays.Get(id, token);
}
