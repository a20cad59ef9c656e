using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>By JSON Merge Patch on the version that the caller has read.</summary>
public sealed class ChangeCaseRule(CaseRules rules)
{
    [Function("ChangeCaseRule")]
    [OpenApiOperation("changeCaseRule", "rules")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/rules/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => rules.Change(request, id, token);
}
