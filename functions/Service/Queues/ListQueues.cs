using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Where cases wait. Newest first.</summary>
public sealed class ListQueues(Queues queues)
{
    [Function("ListQueues")]
    [OpenApiOperation("listQueues", "queues")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/queues")] HttpRequest request,
        CancellationToken token) => queues.List(request, token);
}
