using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Analysis.Models;

/// <summary>One model: how far its versions are, and how good each is on texts it has not seen.</summary>
public sealed class GetModel(IDocuments documents)
{
    [Function("GetModel")]
    [OpenApiOperation("getModel", "models")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/models/{name}")] HttpRequest request,
        string name,
        CancellationToken token) =>
        TextModel.IsName(name) && await documents.Get(TextModel.KeyOf(name), AnalysisJson.Crm.TextModel, token) is { } stored
            ? Answer.Json(stored.Value, AnalysisJson.Crm.TextModel, etag: stored.ETag)
            : Answer.Problem(Problems.NotFound("There is no trained model of this name."));
}
