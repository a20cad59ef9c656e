using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Operations;

/// <summary>What could not be handled, newest first; <c>stage</c> and <c>reason</c> narrow it.</summary>
public sealed class ListDeadLetters(IDocuments documents)
{
    [Function("ListDeadLetters")]
    [OpenApiOperation("listDeadLetters", "operations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/dead-letters")] HttpRequest request,
        CancellationToken token) =>
        await ListRequest.Read(request, "stage", "reason").Match(async list =>
        {
            var where = list.Filters.Select(f => (Condition)new Condition.Equal(f.Key, f.Value)).ToList();
            var page = await documents.Query(
                new DocumentQuery(Containers.Catalog, DeadLetterDocument.KindName, where, "sortAt", Descending: true, list.Limit, list.Position), token);
            var items = page.Documents.Select(d => d.As(OperationsJson.Crm.DeadLetterDocument).Value).ToList();
            return Answer.Json(new DeadLetterPage(items, list.Next(page.Continuation)), OperationsJson.Crm.DeadLetterPage);
        }, problem => Task.FromResult(Answer.Problem(problem)));
}

public sealed record DeadLetterPage(IReadOnlyList<DeadLetterDocument> Items, string? NextCursor);
