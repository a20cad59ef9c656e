using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>By JSON Merge Patch on the version that the caller has read; another schema is another version.</summary>
public sealed class ChangeEventType(EventTypes types)
{
    [Function("ChangeEventType")]
    [OpenApiOperation("changeEventType", "event-types")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/event-types/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => types.Change(request, id, token);
}
