using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Which messages open a case. Newest first.</summary>
public sealed class ListCaseRules(CaseRules rules)
{
    [Function("ListCaseRules")]
    [OpenApiOperation("listCaseRules", "rules")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/rules")] HttpRequest request,
        CancellationToken token) => rules.List(request, token);
}
