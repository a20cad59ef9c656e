using System.Text.Json;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Analysis.Models;

/// <summary>Takes a company's own labelled texts and has a new version trained from them; the earlier one is used until it is ready.</summary>
public sealed class TrainModel(IDocuments documents, IBlobs blobs, TimeProvider clock)
{
    [Function("TrainModel")]
    [OpenApiOperation("trainModel", "models")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/models/{name}/train")] HttpRequest request,
        string name,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, AnalysisJson.Crm.TrainingSet, token, limit: TrainingSet.MaxBytes);
        return await read.Match(async set =>
        {
            if (!TextModel.IsName(name)) return Answer.Problem(Problems.Invalid(FieldError.In("name", "expected 1 to 50 characters of a-z, 0-9 and -")));
            if (set.Fault() is { } fault) return Answer.Problem(fault);
            var version = NewIds.Of(request.HttpContext, clock);
            using var examples = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(set, AnalysisJson.Crm.TrainingSet));
            await blobs.Put(TextModel.ExamplesOf(name, version), examples, "application/json", default, token);
            var model = await Ask(name, version, set.Examples!.Count, token);
            return Answer.Json(model.Versions.First(v => v.Id == version), AnalysisJson.Crm.TextModelVersion, StatusCodes.Status202Accepted, location: $"/api/models/{name}");
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    private async Task<TextModel> Ask(string name, string version, int examples, CancellationToken token)
    {
        while (true)
        {
            var stored = await documents.Get(TextModel.KeyOf(name), AnalysisJson.Crm.TextModel, token);
            var after = TextModel.Asked(stored?.Value, name, version, examples, clock.GetUtcNow());
            if (after == stored?.Value) return after;
            var precondition = stored is null ? Precondition.Absent : Precondition.Match(stored.ETag);
            if (await documents.Put(TextModel.KeyOf(name), after, AnalysisJson.Crm.TextModel, token, precondition) is WriteOutcome.Written) return after;
        }
    }
}
