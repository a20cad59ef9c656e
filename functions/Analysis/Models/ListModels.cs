using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Analysis.Models;

/// <summary>The models that the company has trained, newest first.</summary>
public sealed class ListModels(IDocuments documents)
{
    [Function("ListModels")]
    [OpenApiOperation("listModels", "models")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/models")] HttpRequest request,
        CancellationToken token)
    {
        var read = ListRequest.Read(request);
        return await read.Match(async list =>
        {
            var page = await documents.Query(new DocumentQuery(Containers.Catalog, TextModel.KindName, [], "sortAt", true, list.Limit, list.Position), token);
            return Answer.Page([.. page.Documents.Select(d => d.As(AnalysisJson.Crm.TextModel).Value)], list.Next(page.Continuation), AnalysisJson.Crm.TextModel, list);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }
}
