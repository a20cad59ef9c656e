using System.Text.Json;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>
/// Cases, newest first, or by change or due time. <c>unsolved=true</c>, a state that is not the end, and the sort by <c>dueAt</c>
/// read the short list of unsolved cases; <c>customerId</c> reads the customer's own, in the
/// order of their opening; <c>reference</c> finds the one that it names.
/// </summary>
public sealed class ListCases(CaseLists lists, IDocuments documents, SlaPolicies policies, TimeProvider clock)
{
    private static readonly ListShape Shape = ListShape.Of(
        ServiceJson.Crm.ListedCase,
        ["-createdAt", "changedAt", "dueAt"],
        "reference", "customerId", "queueId", "assignee", "status", "state", "priority", "tag", "unsolved", "dueAt[gte]", "dueAt[lt]");

    [Function("ListCases")]
    [OpenApiOperation("listCases", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/cases")] HttpRequest request,
        CancellationToken token)
    {
        return await ListRequest.Read(request, Shape).Match(async list =>
        {
            var read = CaseFilter.Read(list);
            return await read.Match(async filter =>
            {
                var (items, next) =
                    filter.Reference is not null ? (await One(filter, token), null)
                    : filter.CustomerId is null ? await Page(list, filter, token)
                    : await PageOfCustomer(list, filter, token);
                return Answer.Page(items, list.Next(next), ServiceJson.Crm.ListedCase, list);
            }, problem => Task.FromResult(Answer.Problem(problem)));
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private async Task<IReadOnlyList<ListedCase>> One(CaseFilter filter, CancellationToken token)
    {
        if (await documents.Get(CaseReference.KeyOf(filter.Reference!)!.Value, ServiceJson.Crm.CaseReference, token) is not { } reference) return [];
        if (await CaseWrites.Find(documents, reference.Value.CaseId, token) is not { } found) return [];
        var listed = ListedCase.Of(found.Value, (await policies.Terms(token)).Promises(found.Value, clock.GetUtcNow()));
        return filter.Holds(listed) ? [listed] : [];
    }

    private async Task<(IReadOnlyList<ListedCase>, string?)> Page(ListRequest list, CaseFilter filter, CancellationToken token)
    {
        var byDue = list.Sort!.Field == "dueAt";
        var view = byDue || filter.IsUnsolved ? lists.Unsolved : lists.All;
        var order = byDue ? "byDue" : list.Sort.Field == "changedAt" ? "byChanged" : "byCreated";
        var (from, to) = byDue ? (filter.DueFrom, filter.DueTo) : (null, null);
        var page = await view.Read(order, list.Sort.Descending, from, to, list.Limit, list.Position, filter.IsEmpty ? null : item => filter.Holds(Listed(item)), token);
        return ([.. page.Items.Select(Listed)], page.Next);
    }

    private async Task<(IReadOnlyList<ListedCase>, string?)> PageOfCustomer(ListRequest list, CaseFilter filter, CancellationToken token)
    {
        var terms = await policies.Terms(token);
        var page = await documents.Query(
            new DocumentQuery(Containers.Customers, filter.CustomerId, [new Condition.Equal("kind", Case.KindName)], "timelineAt", list.Sort!.Descending, list.Limit, list.Position), token);
        var items = page.Documents.Select(d => d.As(ServiceJson.Crm.Case).Value).Select(c => ListedCase.Of(c, terms.Promises(c, clock.GetUtcNow()))).Where(filter.Holds);
        return ([.. items], page.Continuation);
    }

    private static ListedCase Listed(JsonElement item) => item.Deserialize(ServiceJson.Crm.ListedCase)!;
}
