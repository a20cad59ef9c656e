using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>A JSON Merge Patch on the version that the caller has read; each change becomes an entry of the history.</summary>
public sealed class ChangeCase(IDocuments documents, TimeProvider clock)
{
    [Function("ChangeCase")]
    [OpenApiOperation("changeCase", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/cases/{id}")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var cases = await Cases.For(request, documents, clock, token);
        return await cases.Change(request, id, token);
    }
}
