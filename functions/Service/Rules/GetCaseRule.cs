using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>One rule.</summary>
public sealed class GetCaseRule(CaseRules rules)
{
    [Function("GetCaseRule")]
    [OpenApiOperation("getCaseRule", "rules")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/rules/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => rules.Get(id, token);
}
