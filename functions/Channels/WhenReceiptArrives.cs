using System.Text.Json;
using Crm.Model;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Channels;

/// <summary>Turns receipts into activities of customers. The feed may bring a receipt twice; the second time changes nothing.</summary>
public sealed class WhenReceiptArrives(TakeInEvents takeIn, IDeadLetters deadLetters)
{
    private const int AtOnce = 64;

    [Function("WhenReceiptArrives")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    public Task Run(
        [CosmosDBTrigger("%Database%", Containers.Inbox, Connection = "Cosmos", LeaseContainerName = Containers.Leases, LeaseContainerPrefix = "receipts", StartFromBeginning = true, MaxItemsPerInvocation = 256)] IReadOnlyList<JsonElement> changes,
        CancellationToken token) =>
        Parallel.ForEachAsync(changes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = token }, async (change, stop) =>
        {
            try
            {
                if (change.TryGetProperty("deleted", out _)) return;
                await takeIn.From(change.Deserialize(ChannelsJson.Crm.Receipt)!, stop);
            }
            catch (Exception e) when (e is not (StoreUnavailableException or OperationCanceledException))
            {
                // A fault of ours: the receipt stays as it is, and can be taken in again once the fault is mended.
                var id = change.GetProperty("id").GetString()!;
                await deadLetters.Keep(new DeadLetter("mapping", Containers.Inbox, id, "fault", e.GetType().Name, $$"""{"receiptId":"{{id}}"}"""), stop);
            }
        });
}
