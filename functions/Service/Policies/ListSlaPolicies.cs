using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>What is promised to whom. Newest first.</summary>
public sealed class ListSlaPolicies(SlaPolicies policies)
{
    [Function("ListSlaPolicies")]
    [OpenApiOperation("listSlaPolicies", "sla-policies")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/sla-policies")] HttpRequest request,
        CancellationToken token) => policies.List(request, token);
}
