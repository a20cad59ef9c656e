using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>By JSON Merge Patch on the version that the caller has read.</summary>
public sealed class ChangeSlaPolicy(SlaPolicies policies)
{
    [Function("ChangeSlaPolicy")]
    [OpenApiOperation("changeSlaPolicy", "sla-policies")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/sla-policies/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => policies.Change(request, id, token);
}
