using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>One case.</summary>
public sealed class GetCase(IDocuments documents, TimeProvider clock)
{
    [Function("GetCase")]
    [OpenApiOperation("getCase", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/cases/{id}")] HttpRequest request,
        string id,
        CancellationToken token)
    {
        var cases = await Cases.For(request, documents, clock, token);
        return await cases.Get(id, token);
    }
}
