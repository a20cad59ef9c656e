using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Takes one queue away; what names it keeps the name.</summary>
public sealed class DeleteQueue(Queues queues)
{
    [Function("DeleteQueue")]
    [OpenApiOperation("deleteQueue", "queues")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/queues/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => queues.Delete(request, id, token);
}
