using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>What happened with one customer, newest first, each with what analysis found in it.</summary>
public sealed class GetTimeline(IDocuments documents)
{
    [Function("GetTimeline")]
    [OpenApiOperation("getTimeline", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/customers/{id}/timeline")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = ListRequest.Read(request);
        return await read.Match(async list =>
        {
            if (await CustomerIds.Find(documents, id, token) is null) return Answer.Problem(Problems.NotFound("There is no such customer."));
            return Answer.Json(await Page(id, list, token), CustomersJson.Crm.TimelinePage);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    public async Task<TimelinePage> Page(string customerId, ListRequest list, CancellationToken token)
    {
        var page = await documents.Query(
            new DocumentQuery(Containers.Customers, customerId, [new Condition.Equal("kind", Activity.KindName)], "timelineAt", Descending: true, list.Limit, list.Position), token);
        var entries = new List<TimelineItem>(page.Documents.Count);
        foreach (var document in page.Documents)
        {
            var activity = document.As(ModelJson.Crm.Activity).Value;
            var key = new DocumentKey(Containers.Insights, customerId, TextInsight.IdOf(activity.Id));
            var insight = await documents.Get(key, ModelJson.Crm.TextInsight, token);
            entries.Add(new TimelineItem(activity, insight?.Value));
        }
        return new TimelinePage(entries, list.Next(page.Continuation));
    }
}

/// <param name="Insight">Null until the text has been analysed, and where there is none.</param>
public sealed record TimelineItem(Activity Activity, TextInsight? Insight);

public sealed record TimelinePage(IReadOnlyList<TimelineItem> Items, string? NextCursor);
