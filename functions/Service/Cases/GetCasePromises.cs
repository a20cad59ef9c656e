using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>What is promised for a case and how it stands now, with the figures of its course.</summary>
public sealed class GetCasePromises(IDocuments documents, SlaPolicies policies, TimeProvider clock)
{
    [Function("GetCasePromises")]
    [OpenApiOperation("getCasePromises", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/cases/{id}/promises")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        if (await CaseWrites.Find(documents, id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such case."));
        var terms = await policies.Terms(token);
        var one = stored.Value;
        var policy = SlaPolicy.Of(terms.Policies, one.QueueId, one.Priority)?.Policy;
        var metrics = CaseMetrics.Of(one.Course, terms.HoursOf(one), policy?.PauseOn ?? []);
        return Answer.Json(new CaseStanding(one.Id, clock.GetUtcNow(), policy?.Id, terms.Promises(one, clock.GetUtcNow()), metrics), ServiceJson.Crm.CaseStanding);
    }
}

/// <param name="At">The moment that it is told of.</param>
/// <param name="PolicyId">Null: nothing is promised.</param>
public sealed record CaseStanding(string CaseId, DateTimeOffset At, string? PolicyId, IReadOnlyList<Promise> Promises, CaseMetrics Metrics);
