using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>By JSON Merge Patch on the version that the caller has read.</summary>
public sealed class ChangeCalendar(Calendars calendars)
{
    [Function("ChangeCalendar")]
    [OpenApiOperation("changeCalendar", "calendars")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/calendars/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => calendars.Change(request, id, token);
}
