using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Opens a case for a customer.</summary>
public sealed class CreateCase(IDocuments documents, TimeProvider clock)
{
    [Function("CreateCase")]
    [OpenApiOperation("createCase", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/cases")] HttpRequest request,
        CancellationToken token)
    {
        var cases = await Cases.For(request, documents, clock, token);
        return await cases.Create(request, token);
    }
}
