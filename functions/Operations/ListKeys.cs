using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Operations;

/// <summary>The keys, newest first, without their values.</summary>
public sealed class ListKeys(IDocuments documents)
{
    [Function("ListKeys")]
    [OpenApiOperation("listKeys", "operations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/keys")] HttpRequest request,
        CancellationToken token) =>
        await ListRequest.Read(request).Match(async list =>
        {
            var page = await documents.Query(
                new DocumentQuery(Containers.Catalog, ApiKey.KindName, [], "sortAt", Descending: true, list.Limit, list.Position), token);
            var items = page.Documents.Select(d => KeyView.Of(d.As(OperationsJson.Crm.ApiKey).Value)).ToList();
            return Answer.Json(new KeyPage(items, list.Next(page.Continuation)), OperationsJson.Crm.KeyPage);
        }, problem => Task.FromResult(Answer.Problem(problem)));
}

public sealed record KeyPage(IReadOnlyList<KeyView> Items, string? NextCursor);
