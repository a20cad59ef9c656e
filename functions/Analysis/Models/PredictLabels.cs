using System.Text.Json.Serialization;
using Crm.Analysis.Learning;
using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Analysis.Models;

/// <summary>What the model in use says of texts that are sent in. Nothing is stored.</summary>
public sealed class PredictLabels(Classifiers classifiers)
{
    [Function("PredictLabels")]
    [OpenApiOperation("predictLabels", "models")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/models/{name}/predict")] HttpRequest request,
        string name,
        CancellationToken token)
    {
        var read = await JsonBody.Read(request, AnalysisJson.Crm.TextsToTell, token);
        return await read.Match(async asked =>
        {
            if (asked.Fault() is { } fault) return Answer.Problem(fault);
            if (!TextModel.IsName(name) || await classifiers.InUse(name, token) is not { } model)
                return Answer.Problem(Problems.NotFound("No version of a model of this name is ready."));
            var predictions = asked.Texts!.Select(t => PredictedLabel.Of(model.Classifier.Predict(t!))).ToList();
            return Answer.Json(new PredictedLabels(model.Name, model.Version, predictions), AnalysisJson.Crm.PredictedLabels);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TextsToTell(IReadOnlyList<string?>? Texts = null)
{
    public const int MaxTexts = 100;

    public Problem? Fault()
    {
        if (Texts is not { Count: >= 1 and <= MaxTexts }) return Problems.Invalid(FieldError.At("/texts", FormattableString.Invariant($"expected a list of 1 to {MaxTexts} texts")));
        var errors = Texts.Index()
            .Where(t => string.IsNullOrWhiteSpace(t.Item) || t.Item.Length > TextFeatures.MaxText)
            .Select(t => FieldError.At(FormattableString.Invariant($"/texts/{t.Index}"), FormattableString.Invariant($"expected a text of 1 to {TextFeatures.MaxText} characters")))
            .ToList();
        return errors.Count == 0 ? null : Problems.Invalid(errors);
    }
}

public sealed record PredictedLabels(string Model, string Version, IReadOnlyList<PredictedLabel> Predictions);

/// <param name="Label">Null where the model is unsure: the text looks like none of its labels.</param>
/// <param name="Probability">Of the best label, calibrated.</param>
/// <param name="Best">The three best labels, the best first, whether sure or not.</param>
public sealed record PredictedLabel(string? Label, double Probability, IReadOnlyList<LabelChance> Best)
{
    public static PredictedLabel Of(TextPrediction prediction) => new(
        prediction.IsUnsure ? null : prediction.Label,
        Math.Round(prediction.Probability, 4),
        [.. prediction.Best.Select(b => b with { Probability = Math.Round(b.Probability, 4) })]);
}
