using System.Text.Json;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Analysis.Models;

/// <summary>Each version that waits is asked for, so that none is forgotten wherever a request was interrupted.</summary>
public sealed class WhenModelsChange(IMessages messages)
{
    [Function("WhenModelsChange")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    public async Task Run(
        [CosmosDBTrigger("%Database%", Containers.Catalog, Connection = "Cosmos", LeaseContainerName = Containers.Leases, LeaseContainerPrefix = "models", StartFromBeginning = true, MaxItemsPerInvocation = 100)] IReadOnlyList<JsonElement> changes,
        CancellationToken token)
    {
        var asked = changes
            .Where(c => c.TryGetProperty("kind", out var kind) && kind.ValueEquals(TextModel.KindName) && !c.TryGetProperty("deleted", out _))
            .Select(c => c.Deserialize(AnalysisJson.Crm.TextModel)!)
            .SelectMany(m => m.Versions.Where(v => v.State == TextModelState.Queued), (m, v) => new ModelTraining(m.Id, v.Id))
            .Select(t => new OutgoingMessage(JsonSerializer.Serialize(t, AnalysisJson.Crm.ModelTraining), $"{t.Name}-{t.Version}"))
            .ToList();
        if (asked.Count > 0) await messages.Send(Queues.ModelTraining, asked, token);
    }
}
