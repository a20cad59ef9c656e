using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>When the company works. Newest first.</summary>
public sealed class ListCalendars(Calendars calendars)
{
    [Function("ListCalendars")]
    [OpenApiOperation("listCalendars", "calendars")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/calendars")] HttpRequest request,
        CancellationToken token) => calendars.List(request, token);
}
