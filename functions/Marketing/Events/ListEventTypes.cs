using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>The event catalogue, newest first or by name; <c>name</c> finds the one of that name.</summary>
public sealed class ListEventTypes(EventTypes types)
{
    [Function("ListEventTypes")]
    [OpenApiOperation("listEventTypes", "event-types")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/event-types")] HttpRequest request,
        CancellationToken token) => types.List(request, token);
}
