using System.Text.Json;
using Crm.Model;
using Crm.Ports;

namespace Crm.Analysis;

/// <summary>One message per customer and batch of new activities: a pointer, never the text.</summary>
public sealed class AskForAnalysis(IMessages messages) : IFollowsCustomers
{
    /// <summary>Keeps a message's work, and so its lock, short.</summary>
    private const int MostActivities = 100;

    public async Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        var asked = changes
            .Where(c => !c.TryGetProperty("deleted", out _) && c.TryGetProperty("kind", out var kind) && kind.ValueEquals(Activity.KindName))
            .GroupBy(c => c.GetProperty("customerId").GetString()!, c => c.GetProperty("id").GetString()!)
            .SelectMany(g => g.Chunk(MostActivities), (g, ids) => new AnalysisRequest(g.Key, ids, 1))
            .Select(r => new OutgoingMessage(JsonSerializer.Serialize(r, AnalysisJson.Crm.AnalysisRequest)))
            .ToList();
        if (asked.Count > 0) await messages.Send(Queues.Analysis, asked, token);
    }
}

/// <summary>Activities of one customer to be analysed.</summary>
/// <param name="Attempt">From 1; grows when we put it off ourselves.</param>
public sealed record AnalysisRequest(string CustomerId, IReadOnlyList<string> ActivityIds, int Attempt);
