using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>What became of a case, oldest first.</summary>
public sealed class ListCaseHistory(IDocuments documents)
{
    [Function("ListCaseHistory")]
    [OpenApiOperation("listCaseHistory", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/cases/{id}/history")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        return await ListRequest.Read(request).Match(async list =>
        {
            if (await CaseWrites.Find(documents, id, token) is not { } stored) return Answer.Problem(Problems.NotFound("There is no such case."));
            var page = await documents.Query(CaseHistory.Query(stored.Value, descending: false, list.Limit, list.Position), token);
            return Answer.Page([.. page.Documents.Select(d => d.As(ServiceJson.Crm.CaseEntry).Value)], list.Next(page.Continuation), ServiceJson.Crm.CaseEntry, list);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }
}
