using System.Text.Json;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Customers;

/// <summary>
/// Sends the steps that a job's document asks for. The document is the checkpoint: whatever is cut short, it asks again, and a step
/// that was done already changes nothing.
/// </summary>
public sealed class WhenJobsChange(IMessages messages)
{
    [Function("WhenJobsChange")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    public async Task Run(
        [CosmosDBTrigger("%Database%", Containers.Catalog, Connection = "Cosmos", LeaseContainerName = Containers.Leases, LeaseContainerPrefix = "jobs", StartFromBeginning = true, MaxItemsPerInvocation = 100)] IReadOnlyList<JsonElement> changes,
        CancellationToken token)
    {
        foreach (var change in changes.Where(c => !c.TryGetProperty("deleted", out _)))
        {
            var steps = change.GetProperty("kind").GetString() switch
            {
                Import.KindName => StepsOf(change.Deserialize(CustomersJson.Crm.Import)!),
                Export.KindName => StepsOf(change.Deserialize(CustomersJson.Crm.Export)!),
                _ => [],
            };
            foreach (var some in steps.Chunk(100))
                await messages.Send(Queues.Jobs, [.. some.Select(s => new OutgoingMessage(JsonSerializer.Serialize(s, CustomersJson.Crm.JobStep)))], token);
        }
    }

    private static IEnumerable<JobStep> StepsOf(Import import) => import.State switch
    {
        ImportState.Validating => [new JobStep(Import.KindName, import.Id, JobAction.Split, 0)],
        ImportState.Running => Enumerable.Range(0, import.Chunks).Select(c => new JobStep(Import.KindName, import.Id, JobAction.Apply, c)),
        // From the last to the first, one after the other: a later chunk may have changed what an earlier one made.
        ImportState.Reverting => [new JobStep(Import.KindName, import.Id, JobAction.Revert, import.Chunks - 1)],
        _ => [],
    };

    private static IEnumerable<JobStep> StepsOf(Export export) =>
        export.State == ExportState.Running ? [new JobStep(Export.KindName, export.Id, JobAction.Write, export.Parts)] : [];
}
