using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>Every schema that a type has had, newest first.</summary>
public sealed class ListEventTypeVersions(EventTypes types, IDocuments documents)
{
    [Function("ListEventTypeVersions")]
    [OpenApiOperation("listEventTypeVersions", "event-types")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/event-types/{id}/versions")] HttpRequest request,
        string id,
        CancellationToken token) =>
        await ListRequest.Read(request).Match(async list =>
        {
            if (await types.Find(id, token) is not { } type) return Answer.Problem(Problems.NotFound("There is no such event type."));
            var page = await documents.Query(types.VersionsOf(type.Value, list.Limit, list.Position), token);
            // A type that was deleted and made again may find later versions of its forerunner.
            var versions = page.Documents.Select(d => d.As(MarketingJson.Crm.EventTypeVersion).Value).Where(v => v.Version <= type.Value.Version);
            return Answer.Page([.. versions], list.Next(page.Continuation), MarketingJson.Crm.EventTypeVersion, list);
        }, problem => Task.FromResult(Answer.Problem(problem)));
}
