using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>One calendar.</summary>
public sealed class GetCalendar(Calendars calendars)
{
    [Function("GetCalendar")]
    [OpenApiOperation("getCalendar", "calendars")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/calendars/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => calendars.Get(id, token);
}
