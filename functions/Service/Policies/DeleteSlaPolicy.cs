using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Takes one SLA policy away; what names it keeps the name.</summary>
public sealed class DeleteSlaPolicy(SlaPolicies policies)
{
    [Function("DeleteSlaPolicy")]
    [OpenApiOperation("deleteSlaPolicy", "sla-policies")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/sla-policies/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => policies.Delete(request, id, token);
}
