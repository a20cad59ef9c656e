using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Adds one queue.</summary>
public sealed class CreateQueue(Queues queues)
{
    [Function("CreateQueue")]
    [OpenApiOperation("createQueue", "queues")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/queues")] HttpRequest request,
        CancellationToken token) => queues.Create(request, token);
}
