using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Service;

/// <summary>Opens up to 100.</summary>
public sealed class CreateCases(IDocuments documents, TimeProvider clock)
{
    [Function("CreateCases")]
    [OpenApiOperation("createCases", "cases")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/cases/batch")] HttpRequest request,
        CancellationToken token)
    {
        var cases = await Cases.For(request, documents, clock, token);
        return await cases.CreateMany(request, token);
    }
}
