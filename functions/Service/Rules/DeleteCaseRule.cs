using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Takes one rule away; what names it keeps the name.</summary>
public sealed class DeleteCaseRule(CaseRules rules)
{
    [Function("DeleteCaseRule")]
    [OpenApiOperation("deleteCaseRule", "rules")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/rules/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => rules.Delete(request, id, token);
}
