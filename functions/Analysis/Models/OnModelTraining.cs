using System.Text.Json;
using Crm.Analysis.Learning;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Analysis.Models;

/// <summary>Trains one version from its examples. A repeat finds it ready, or trains the very same.</summary>
public sealed class OnModelTraining(IDocuments documents, IBlobs blobs, TimeProvider clock)
{
    [Function("OnModelTraining")]
    public async Task Run([ServiceBusTrigger(Queues.ModelTraining, Connection = "ServiceBus")] string body, CancellationToken token)
    {
        var (name, version) = JsonSerializer.Deserialize(body, AnalysisJson.Crm.ModelTraining)!;
        var key = TextModel.KeyOf(name);
        // Forgotten meanwhile, or trained by another delivery.
        if (await documents.Get(key, AnalysisJson.Crm.TextModel, token) is not { } asked || !Waits(asked.Value, version)) return;

        var trained = ClassifierTraining.Train(await Examples(name, version, token), token);
        using var weights = new MemoryStream(ClassifierFile.Write(trained.Classifier));
        await blobs.Put(TextModel.WeightsOf(name, version), weights, ClassifierFile.ContentType, default, token);

        while (await documents.Get(key, AnalysisJson.Crm.TextModel, token) is { } stored && Waits(stored.Value, version))
        {
            var after = stored.Value.Trained(version, trained.Figures, clock.GetUtcNow());
            if (await documents.Put(key, after, AnalysisJson.Crm.TextModel, token, Precondition.Match(stored.ETag)) is WriteOutcome.Written) return;
        }
    }

    private static bool Waits(TextModel model, string version) => model.Versions.Any(v => v.Id == version && v.State == TextModelState.Queued);

    private async Task<IReadOnlyList<LabelledText>> Examples(string name, string version, CancellationToken token)
    {
        await using var blob = await blobs.Open(TextModel.ExamplesOf(name, version), token) ?? throw new StoreUnavailableException("The blob of a model is not there yet.");
        return (await JsonSerializer.DeserializeAsync(blob.Content, AnalysisJson.Crm.TrainingSet, token))!.Texts();
    }
}
