using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>Tries all open failed events of one type again, as after its schema was mended; the answer tells where to read the progress.</summary>
public sealed class CreateEventReplay(EventReplays replays)
{
    [Function("CreateEventReplay")]
    [OpenApiOperation("createEventReplay", "failed-events")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/event-replays")] HttpRequest request,
        CancellationToken token) => replays.Create(request, token);
}
