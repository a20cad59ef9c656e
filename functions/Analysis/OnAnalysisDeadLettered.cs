using Crm.Model;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Analysis;

/// <summary>A message that was given up becomes a document, so that listing, replay and discard are one mechanism.</summary>
public sealed class OnAnalysisDeadLettered(IDeadLetters deadLetters)
{
    [Function("OnAnalysisDeadLettered")]
    public Task Run(
        [ServiceBusTrigger(Queues.Analysis + "/$DeadLetterQueue", Connection = "ServiceBus")] string body,
        string messageId,
        CancellationToken token) =>
        deadLetters.Keep(new DeadLetter("queue", Queues.Analysis, messageId, "gave-up", "The analysis failed at every delivery.", body), token);
}
