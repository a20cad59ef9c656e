using Crm.Ports;

namespace Crm.Tests.EmbeddedHost;

/// <summary>Writes down what the host does with messages, and refuses what a test wants refused.</summary>
internal sealed class FaultyReceiver(IMessageReceiver inner, Journal journal) : IMessageReceiver
{
    public Func<ReceivedMessage, bool> LosesLock { get; set; } = _ => false;

    public Action BeforeReceive { get; set; } = () => { };

    public ValueTask<IReadOnlyList<ReceivedMessage>> Receive(string queue, int max, TimeSpan lockFor, int maxDeliveries, CancellationToken token)
    {
        BeforeReceive();
        return inner.Receive(queue, max, lockFor, maxDeliveries, token);
    }

    public ValueTask<bool> Complete(ReceivedMessage message, CancellationToken token) => Noted("complete", message, inner.Complete(message, token));

    public ValueTask<bool> Renew(ReceivedMessage message, TimeSpan lockFor, CancellationToken token) =>
        Noted("renew", message, LosesLock(message) ? new(false) : inner.Renew(message, lockFor, token));

    public ValueTask<bool> Abandon(ReceivedMessage message, CancellationToken token) => Noted("abandon", message, inner.Abandon(message, token));

    public ValueTask<bool> DeadLetter(ReceivedMessage message, string reason, string description, CancellationToken token) =>
        inner.DeadLetter(message, reason, description, token);

    public ValueTask<QueueDepth> Depth(string queue, CancellationToken token) => inner.Depth(queue, token);

    private async ValueTask<bool> Noted(string what, ReceivedMessage message, ValueTask<bool> done)
    {
        bool result = await done;
        journal.Add($"{what} {message.Body} {(result ? "held" : "lost")}");
        return result;
    }
}
