using System.Collections.Concurrent;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>
/// When something last happened with each of a few customers. Asked of their partitions one by one, for a page of a list: a time
/// kept in the customer's document would cost a write for each message.
/// </summary>
public static class LatestActivities
{
    private const int AtOnce = 8;

    /// <returns>By customer id; who has no activity is left out.</returns>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> Of(IDocuments documents, IEnumerable<string> customerIds, CancellationToken token)
    {
        var latest = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(customerIds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token }, async (id, stop) =>
        {
            var page = await documents.Query(new DocumentQuery(Containers.Customers, id, [new Condition.Equal("kind", Activity.KindName)], "timelineAt", Descending: true, Limit: 1), stop);
            if (page.Documents.Count == 1) latest[id] = page.Documents[0].As(ModelJson.Crm.Activity).Value.TimelineAt;
        });
        return latest;
    }
}
