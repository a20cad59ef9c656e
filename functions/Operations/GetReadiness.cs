using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Operations;

/// <summary>The store takes writes: one is made, at most one a second whoever asks. 503 when it does not.</summary>
public sealed class GetReadiness(IDocuments documents, TimeProvider clock)
{
    private static long _lastProbe;

    [Function("GetReadiness")]
    [OpenApiOperation("getReadiness", "operations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health/ready")] HttpRequest request,
        CancellationToken token)
    {
        var now = clock.GetTimestamp();
        if (Volatile.Read(ref _lastProbe) is var last && last != 0 && clock.GetElapsedTime(last, now) < TimeSpan.FromSeconds(1))
            return Answer.Json(new HealthView("ok"), OperationsJson.Crm.HealthView);
        var probe = new ReadinessProbe("readiness", clock.GetUtcNow());
        await documents.Put(new DocumentKey(Containers.Leases, probe.Id, probe.Id), probe, OperationsJson.Crm.ReadinessProbe, token);
        Volatile.Write(ref _lastProbe, now);
        return Answer.Json(new HealthView("ok"), OperationsJson.Crm.HealthView);
    }
}

public sealed record ReadinessProbe(string Id, DateTimeOffset At);
