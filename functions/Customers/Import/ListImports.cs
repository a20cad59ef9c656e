using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Customers;

/// <summary>Imports, the newest first.</summary>
public sealed class ListImports(IDocuments documents)
{
    private static readonly ListShape Shape = ListShape.Of(CustomersJson.Crm.Import, ["-createdAt"]);

    [Function("ListImports")]
    [OpenApiOperation("listImports", "imports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/imports")] HttpRequest request,
        CancellationToken token) =>
        await ListRequest.Read(request, Shape).Match(
            async list =>
            {
                var page = await documents.Query(new DocumentQuery(Containers.Catalog, Import.KindName, [], "sortAt", list.Sort!.Descending, list.Limit, list.Position), token);
                return Answer.Page(page.Documents.Select(d => d.As(CustomersJson.Crm.Import).Value).ToList(), list.Next(page.Continuation), CustomersJson.Crm.Import, list);
            },
            problem => Task.FromResult(Answer.Problem(problem)));
}
