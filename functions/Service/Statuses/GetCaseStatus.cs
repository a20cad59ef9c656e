using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>One case status.</summary>
public sealed class GetCaseStatus(CaseStatuses statuses)
{
    [Function("GetCaseStatus")]
    [OpenApiOperation("getCaseStatus", "case-statuses")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/case-statuses/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => statuses.Get(id, token);
}
