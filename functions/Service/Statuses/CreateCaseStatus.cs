using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Adds one case status.</summary>
public sealed class CreateCaseStatus(CaseStatuses statuses)
{
    [Function("CreateCaseStatus")]
    [OpenApiOperation("createCaseStatus", "case-statuses")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/case-statuses")] HttpRequest request,
        CancellationToken token) => statuses.Create(request, token);
}
