using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Adds one calendar.</summary>
public sealed class CreateCalendar(Calendars calendars)
{
    [Function("CreateCalendar")]
    [OpenApiOperation("createCalendar", "calendars")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/calendars")] HttpRequest request,
        CancellationToken token) => calendars.Create(request, token);
}
