using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>By JSON Merge Patch on the version that the caller has read.</summary>
public sealed class ChangeCaseStatus(CaseStatuses statuses)
{
    [Function("ChangeCaseStatus")]
    [OpenApiOperation("changeCaseStatus", "case-statuses")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/case-statuses/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => statuses.Change(request, id, token);
}
