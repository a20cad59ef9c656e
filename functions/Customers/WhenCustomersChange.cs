using System.Text.Json;
using Crm.Model;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Customers;

/// <summary>The one reader of the customers' feed: tells every follower.</summary>
public sealed class WhenCustomersChange(IEnumerable<IFollowsCustomers> followers, IDeadLetters deadLetters)
{
    [Function("WhenCustomersChange")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:05:00")]
    public async Task Run(
        [CosmosDBTrigger("%Database%", Containers.Customers, Connection = "Cosmos", LeaseContainerName = Containers.Leases, LeaseContainerPrefix = "customers", StartFromBeginning = true, MaxItemsPerInvocation = 256)] IReadOnlyList<JsonElement> changes,
        CancellationToken token)
    {
        foreach (var follower in followers)
        {
            try
            {
                await follower.Follow(changes, token);
            }
            catch (Exception e) when (IsFault(e))
            {
                await OneByOne(follower, changes, token);
            }
        }
    }

    /// <summary>Finds the documents that a follower cannot take, so that their neighbours go on.</summary>
    private async Task OneByOne(IFollowsCustomers follower, IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        foreach (var change in changes)
        {
            try
            {
                await follower.Follow([change], token);
            }
            catch (Exception e) when (IsFault(e))
            {
                var id = change.GetProperty("id").GetString()!;
                var customerId = change.GetProperty("customerId").GetString()!;
                await deadLetters.Keep(
                    new DeadLetter("feed", Containers.Customers, $"{id}.{follower.GetType().Name}", "fault", e.GetType().Name, $$"""{"customerId":"{{customerId}}","id":"{{id}}"}"""), token);
            }
        }
    }

    private static bool IsFault(Exception e) => e is not (StoreUnavailableException or OperationCanceledException);
}
