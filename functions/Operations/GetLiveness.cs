using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Operations;

/// <summary>The process answers.</summary>
public sealed class GetLiveness
{
    [Function("GetLiveness")]
    [OpenApiOperation("getLiveness", "operations")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health/live")] HttpRequest request,
        CancellationToken token) =>
        Task.FromResult(Answer.Json(new HealthView("ok"), OperationsJson.Crm.HealthView));
}

public sealed record HealthView(string Status);
