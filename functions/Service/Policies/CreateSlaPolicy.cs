using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Adds one SLA policy.</summary>
public sealed class CreateSlaPolicy(SlaPolicies policies)
{
    [Function("CreateSlaPolicy")]
    [OpenApiOperation("createSlaPolicy", "sla-policies")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/sla-policies")] HttpRequest request,
        CancellationToken token) => policies.Create(request, token);
}
