using System.Text.Json;
using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Marketing.Events;

/// <summary>Failed events without their bodies, newest first. The open ones of one type have a short list of their own.</summary>
public sealed class ListFailedEvents(FailedEvents failed)
{
    private static readonly ListShape Shape = ListShape.Of(MarketingJson.Crm.FailedEvent, ["-createdAt"], "type", "reason", "state");

    [Function("ListFailedEvents")]
    [OpenApiOperation("listFailedEvents", "failed-events")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/failed-events")] HttpRequest request,
        CancellationToken token) =>
        await ListRequest.Read(request, Shape).Match(async list =>
        {
            var errors = new List<FieldError>();
            var type = list.Filters.GetValueOrDefault("type");
            var reason = Word<FailureReason>(list, "reason", errors);
            var state = Word<FailedEventState>(list, "state", errors);
            if (errors.Count > 0) return Answer.Problem(Problems.Invalid(errors));

            var view = type is not null && state == Name(FailedEventState.Open) ? failed.OpenOf(type) : failed.All;
            (string Property, string? Value)[] wanted = [("type", type), ("reason", reason), ("state", state)];
            var also = wanted.Where(w => w.Value is not null).ToList();
            var page = await view.Read(
                "byCreated", list.Sort!.Descending, null, null, list.Limit, list.Position,
                also.Count == 0 ? null : item => also.All(w => item.GetProperty(w.Property).ValueEquals(w.Value)), token);
            return Answer.Page([.. page.Items.Select(i => i.Deserialize(MarketingJson.Crm.FailedEvent)!)], list.Next(page.Next), MarketingJson.Crm.FailedEvent, list);
        }, problem => Task.FromResult(Answer.Problem(problem)));

    private static string? Word<T>(ListRequest list, string filter, List<FieldError> errors) where T : struct, Enum
    {
        var words = Enum.GetValues<T>().Select(Name).ToList();
        if (list.Filters.GetValueOrDefault(filter) is not { } given || words.Contains(given)) return list.Filters.GetValueOrDefault(filter);
        errors.Add(FieldError.In(filter, "expected one of " + string.Join(", ", words)));
        return null;
    }

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
