using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>One queue.</summary>
public sealed class GetQueue(Queues queues)
{
    [Function("GetQueue")]
    [OpenApiOperation("getQueue", "queues")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/queues/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => queues.Get(id, token);
}
