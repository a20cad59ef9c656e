using System.Text.Json;
using Crm.Analysis.Models;
using Crm.Model;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Analysis;

/// <summary>
/// Reads the texts, writes what they mean, and the customer's share of each day they fall on. A repeat writes the same. When the
/// store cannot answer, the work is put off with growing delays rather than burning the queue's ten deliveries at once.
/// </summary>
public sealed class OnAnalysisRequested(IDocuments documents, IMessages messages, Classifiers classifiers, ContributeToDay contribute, TimeProvider clock)
{
    private const int MostAttempts = 12;

    [Function("OnAnalysisRequested")]
    public async Task Run(
        [ServiceBusTrigger(Queues.Analysis, Connection = "ServiceBus")] string body,
        CancellationToken token)
    {
        var request = JsonSerializer.Deserialize(body, AnalysisJson.Crm.AnalysisRequest)!;
        try
        {
            await Analyse(request, token);
        }
        catch (StoreUnavailableException) when (request.Attempt < MostAttempts)
        {
            var later = JsonSerializer.Serialize(request with { Attempt = request.Attempt + 1 }, AnalysisJson.Crm.AnalysisRequest);
            await messages.Send(Queues.Analysis, [new OutgoingMessage(later, DueAt: clock.GetUtcNow() + DelayAfter(request.Attempt))], token);
        }
    }

    /// <summary>5 s, doubling, up to an hour.</summary>
    internal static TimeSpan DelayAfter(int attempt) => TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(2, attempt - 1), 3600));

    private async Task Analyse(AnalysisRequest request, CancellationToken token)
    {
        var intents = (await classifiers.InUse(StarterIntents.ModelName, token))!;
        var days = new HashSet<DateOnly>();
        foreach (var id in request.ActivityIds)
        {
            // Gone in the meantime: there is nothing to say of it.
            if (await documents.Get(new DocumentKey(Containers.Customers, request.CustomerId, id), ModelJson.Crm.Activity, token) is not { } stored) continue;
            var insight = TextReading.Of(stored.Value, intents, clock.GetUtcNow());
            await documents.Put(new DocumentKey(Containers.Insights, request.CustomerId, insight.Id), insight, ModelJson.Crm.TextInsight, token);
            days.Add(contribute.DayOf(stored.Value));
        }
        foreach (var day in days) await contribute.Write(request.CustomerId, day, token);
    }
}
