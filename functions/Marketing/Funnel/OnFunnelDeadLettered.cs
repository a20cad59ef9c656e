using Crm.Model;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Marketing.Funnel;

/// <summary>A share that could not be computed becomes a document, so that it is seen and tried again.</summary>
public sealed class OnFunnelDeadLettered(IDeadLetters deadLetters)
{
    [Function("OnFunnelDeadLettered")]
    public Task Run(
        [ServiceBusTrigger(Queues.Funnels + "/$DeadLetterQueue", Connection = "ServiceBus")] string body, string messageId, CancellationToken token) =>
        deadLetters.Keep(new DeadLetter("queue", Queues.Funnels, messageId, "gave-up", "A customer's share of a funnel could not be computed at any delivery.", body), token);
}
