using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>The words for where a case stands. Newest first.</summary>
public sealed class ListCaseStatuses(CaseStatuses statuses)
{
    [Function("ListCaseStatuses")]
    [OpenApiOperation("listCaseStatuses", "case-statuses")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/case-statuses")] HttpRequest request,
        CancellationToken token) => statuses.List(request, token);
}
