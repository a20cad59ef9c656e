using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>By JSON Merge Patch on the version that the caller has read.</summary>
public sealed class ChangeQueue(Queues queues)
{
    [Function("ChangeQueue")]
    [OpenApiOperation("changeQueue", "queues")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/queues/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => queues.Change(request, id, token);
}
