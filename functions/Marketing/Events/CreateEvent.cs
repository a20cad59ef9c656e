using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>One event of the company's own tools: 201, 200 where its id was taken in before, 422 where it is kept as a failed one.</summary>
public sealed class CreateEvent(EventIntake intake)
{
    [Function("CreateEvent")]
    [OpenApiOperation("createEvent", "events")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/events")] HttpRequest request,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, MarketingJson.Crm.EventFields, token);
        return await read.Match(async e =>
        {
            if (e.Fault() is { } fault) return Answer.Problem(fault);
            return await intake.TakeIn(e, token) switch
            {
                EventOutcome.Taken taken => Answer.Json(
                    new EventAnswer(taken.Event.ActivityId, e.Id!, taken.Event.CustomerId), MarketingJson.Crm.EventAnswer,
                    taken.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK, location: $"/api/events/{taken.Event.ActivityId}/trail"),
                EventOutcome.Kept kept => Answer.Problem(kept.Problem()),
                var other => throw new InvalidOperationException(other.GetType().Name),
            };
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }
}
