using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>Gives a failed event up, for a reason that stays with it.</summary>
public sealed class DiscardFailedEvent(FailedEvents failed, TimeProvider clock)
{
    [Function("DiscardFailedEvent")]
    [OpenApiOperation("discardFailedEvent", "failed-events")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/failed-events/{id}/discard")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, MarketingJson.Crm.FailedEventDiscard, token);
        return await read.Match(async body =>
        {
            if (body.Fault() is { } fault) return Answer.Problem(fault);
            if (await failed.Find(id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such failed event."));
            if (stored.Value.State == FailedEventState.Replayed) return Answer.Problem(Problems.Conflict("This event was replayed."));
            if (stored.Value.State == FailedEventState.Discarded && stored.Value.DiscardReason != body.Reason) return Answer.Problem(Problems.Conflict("This event was discarded before."));
            var after = await failed.Write(
                stored, stored.Value with { State = FailedEventState.Discarded, DiscardReason = body.Reason, ChangedAt = clock.GetUtcNow() }, token);
            return after is null
                ? Answer.Problem(Problems.Conflict("Somebody else changed this event at this moment. Read it and try again."))
                : Answer.Json(after, MarketingJson.Crm.FailedEvent);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }
}
