using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Takes one case status away; what names it keeps the name.</summary>
public sealed class DeleteCaseStatus(CaseStatuses statuses)
{
    [Function("DeleteCaseStatus")]
    [OpenApiOperation("deleteCaseStatus", "case-statuses")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/case-statuses/{id}")] HttpRequest request,
        string id,
        CancellationToken token) => statuses.Delete(request, id, token);
}
