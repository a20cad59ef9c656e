using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>One SLA policy.</summary>
public sealed class GetSlaPolicy(SlaPolicies policies)
{
    [Function("GetSlaPolicy")]
    [OpenApiOperation("getSlaPolicy", "sla-policies")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/sla-policies/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => policies.Get(id, token);
}
