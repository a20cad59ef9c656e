using Crm.Model;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Marketing.Funnel;

/// <summary>A page of a rebuild that failed becomes a document, so that it is seen and tried again.</summary>
public sealed class OnFunnelRebuildDeadLettered(IDeadLetters deadLetters)
{
    [Function("OnFunnelRebuildDeadLettered")]
    public Task Run(
        [ServiceBusTrigger(Queues.FunnelRebuilds + "/$DeadLetterQueue", Connection = "ServiceBus")] string body, string messageId, CancellationToken token) =>
        deadLetters.Keep(new DeadLetter("queue", Queues.FunnelRebuilds, messageId, "gave-up", "A page of a campaign's recipients could not be computed at any delivery.", body), token);
}
