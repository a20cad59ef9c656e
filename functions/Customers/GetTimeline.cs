using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>
/// What happened with one customer, newest first, whichever module it belongs to: every document of the customer that has a
/// <c>timelineAt</c>. An activity comes with what analysis found in it. A page goes on after the last one's time and id, so that
/// what arrives meanwhile moves nothing.
/// </summary>
public sealed class GetTimeline(IDocuments documents)
{
    private static readonly string[] s_filters = ["kind", "type", "channel", "timelineAt[gte]", "timelineAt[lt]"];

    [Function("GetTimeline")]
    [OpenApiOperation("getTimeline", "customers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/customers/{id}/timeline")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var read = ListRequest.Read(request, s_filters);
        return await read.Match(async list =>
        {
            if (await CustomerIds.Find(documents, id, token) is null) return Answer.Problem(Problems.NotFound("There is no such customer."));
            var page = await Page(id, list, token);
            return page.Match(p => Answer.Page(p.Items, p.NextCursor, CustomersJson.Crm.TimelineItem, list), Answer.Problem);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    public async Task<Outcome<TimelinePage>> Page(string customerId, ListRequest list, CancellationToken token)
    {
        var errors = new List<FieldError>();
        var where = new List<Condition>();
        foreach (var name in (string[])["kind", "type", "channel"])
        {
            if (list.Filters.TryGetValue(name, out var value)) where.Add(new Condition.Equal(name, value));
        }
        if (Time("timelineAt[gte]") is var from && Time("timelineAt[lt]") is var to && (from ?? to) is not null) where.Add(new Condition.Range("timelineAt", from, to));
        if (errors.Count > 0) return Problems.Invalid(errors);

        var page = await documents.Query(
            new DocumentQuery(Containers.Customers, customerId, where, "timelineAt", Descending: true, list.Limit, list.Position), token);
        var items = new List<TimelineItem>(page.Documents.Count);
        foreach (var document in page.Documents) items.Add(await Item(document, token));
        return new TimelinePage(items, list.Next(page.Continuation));

        string? Time(string name)
        {
            if (!list.Filters.TryGetValue(name, out var text)) return null;
            if (UtcTimestamps.Parse(text) is { } time) return UtcTimestamps.Text(time);
            errors.Add(FieldError.In(name, "expected an RFC 3339 time with an offset"));
            return null;
        }
    }

    private async ValueTask<TimelineItem> Item(StoredDocument stored, CancellationToken token)
    {
        using var json = JsonDocument.Parse(stored.Json);
        var root = json.RootElement;
        var kind = root.GetProperty("kind").GetString()!;
        var at = UtcTimestamps.Parse(root.GetProperty("timelineAt").GetString())!.Value;
        var title = Text(root, "title") ?? Text(root, "subject") ?? Text(root, "name");
        if (kind != Activity.KindName) return new TimelineItem(kind, Text(root, "type") ?? kind, at, title) { Document = root.Clone() };

        var activity = stored.As(ModelJson.Crm.Activity).Value;
        var key = new DocumentKey(Containers.Insights, stored.Key.Partition, TextInsight.IdOf(activity.Id));
        return new TimelineItem(kind, activity.Type, at, title) { Activity = activity, Insight = (await documents.Get(key, ModelJson.Crm.TextInsight, token))?.Value };
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <param name="Kind">What it is: <c>activity</c>, <c>case</c>, ...</param>
/// <param name="Type">An activity's type; the kind where there is no other word.</param>
/// <param name="At">Where it stands in the timeline.</param>
public sealed record TimelineItem(string Kind, string Type, DateTimeOffset At, string? Title)
{
    /// <summary>Where the kind is <c>activity</c>.</summary>
    public Activity? Activity { get; init; }

    /// <summary>Null until the text has been analysed, and where there is none.</summary>
    public TextInsight? Insight { get; init; }

    /// <summary>The whole of any other kind, as its own module answers it.</summary>
    public JsonElement? Document { get; init; }

    [JsonIgnore]
    public string? DocumentId => Document is { } document ? document.GetProperty("id").GetString() : Activity?.Id;
}

public sealed record TimelinePage(IReadOnlyList<TimelineItem> Items, string? NextCursor);
