using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Takes one calendar away; what names it keeps the name.</summary>
public sealed class DeleteCalendar(Calendars calendars)
{
    [Function("DeleteCalendar")]
    [OpenApiOperation("deleteCalendar", "calendars")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/calendars/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => calendars.Delete(request, id, token);
}
