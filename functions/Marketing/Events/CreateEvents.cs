using Crm.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>Up to 100 events, each with an answer of its own; <c>id</c> is the activity's, or the failed event's.</summary>
public sealed class CreateEvents(EventIntake intake)
{
    [Function("CreateEvents")]
    [OpenApiOperation("createEvents", "events")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/events/batch")] HttpRequest request,
        CancellationToken token) =>
        Batches.Run(request, MarketingJson.Crm.EventFields, async (e, _) =>
        {
            if (e.Fault() is { } fault) return BatchResult.Refused(fault);
            return await intake.TakeIn(e, token) switch
            {
                EventOutcome.Taken taken => new BatchResult(taken.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, taken.Event.ActivityId),
                EventOutcome.Kept kept => BatchResult.Refused(kept.Problem()) with { Id = kept.Event.Id },
                var other => throw new InvalidOperationException(other.GetType().Name),
            };
        }, token);
}
