using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>Tries a failed event again, as it is or corrected. The answer shows what became of it; one that was replayed stays so.</summary>
public sealed class ReplayFailedEvent(EventIntake intake)
{
    [Function("ReplayFailedEvent")]
    [OpenApiOperation("replayFailedEvent", "failed-events")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/failed-events/{id}/replay")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, MarketingJson.Crm.FailedEventReplay, token);
        return await read.Match(
            async body => (await intake.Replay(id, body.Event, token)).Match(after => Answer.Json(after, MarketingJson.Crm.FailedEvent), Answer.Problem),
            problem => Task.FromResult(Answer.Problem(problem)));
    }
}
