using System.Text.Json;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Marketing.Events;

/// <summary>
/// One page of a replay: tries its events, then writes down what became of them and the page after it. A repeat changes nothing. While
/// the store cannot answer, the page is put off with growing delays rather than burning the queue's deliveries at once.
/// </summary>
public sealed class OnEventReplay(IDocuments documents, IMessages messages, EventIntake intake, FailedEvents failed, TimeProvider clock)
{
    private const int PageSize = 100;
    private const int MostAttempts = 12;

    [Function("OnEventReplay")]
    public async Task Run([ServiceBusTrigger(Queues.EventReplays, Connection = "ServiceBus")] string body, CancellationToken token)
    {
        var page = JsonSerializer.Deserialize(body, MarketingJson.Crm.EventReplayPage)!;
        try
        {
            await Try(page, token);
        }
        catch (StoreUnavailableException) when (page.Attempt < MostAttempts)
        {
            var later = JsonSerializer.Serialize(page with { Attempt = page.Attempt + 1 }, MarketingJson.Crm.EventReplayPage);
            await messages.Send(Queues.EventReplays, [new OutgoingMessage(later, DueAt: clock.GetUtcNow() + DelayAfter(page.Attempt))], token);
        }
    }

    /// <summary>5 s, doubling, up to an hour.</summary>
    private static TimeSpan DelayAfter(int attempt) => TimeSpan.FromSeconds(Math.Min(5 * Math.Pow(2, attempt), 3600));

    private async Task Try(EventReplayPage page, CancellationToken token)
    {
        var key = EventReplay.KeyOf(page.ReplayId);
        if (await documents.Get(key, MarketingJson.Crm.EventReplay, token) is not { Value: { State: EventReplayState.Running } replay } stored || replay.Pages != page.Pages) return;

        var steps = new List<ReplayStep>();
        foreach (var id in replay.AtWork) steps.Add(StepOf(await intake.Replay(id, null, token)));

        var (ids, next) = replay is { Pages: > 0, Next: null }
            ? ([], null)
            : await failed.Open(replay.Type, replay.CreatedAt, PageSize, replay.Next, token);
        // Lost to another delivery of this message, it is written already.
        await documents.Put(key, replay.After(steps, ids, next, clock.GetUtcNow()), MarketingJson.Crm.EventReplay, token, Precondition.Match(stored.ETag));
    }

    private static ReplayStep StepOf(Outcome<FailedEvent> outcome) => outcome.Match(
        after => after.State == FailedEventState.Replayed ? ReplayStep.Replayed : ReplayStep.StillFailing,
        _ => ReplayStep.PassedOver);
}
