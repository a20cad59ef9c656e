using Crm.Model;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Marketing.Events;

/// <summary>A page of a replay that failed becomes a document, so that it is seen and tried again.</summary>
public sealed class OnEventReplayDeadLettered(IDeadLetters deadLetters)
{
    [Function("OnEventReplayDeadLettered")]
    public Task Run(
        [ServiceBusTrigger(Queues.EventReplays + "/$DeadLetterQueue", Connection = "ServiceBus")] string body, string messageId, CancellationToken token) =>
        deadLetters.Keep(new DeadLetter("queue", Queues.EventReplays, messageId, "gave-up", "A page of failed events could not be tried again at any delivery.", body), token);
}
