using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Adds one rule.</summary>
public sealed class CreateCaseRule(CaseRules rules)
{
    [Function("CreateCaseRule")]
    [OpenApiOperation("createCaseRule", "rules")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/rules")] HttpRequest request,
        CancellationToken token) => rules.Create(request, token);
}
