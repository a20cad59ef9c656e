using System.Text;
using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>Queues in the store: a message and its lock are one row, changed in the same commits as documents.</summary>
public sealed class SqliteMessages : IMessages, IMessageReceiver, IWriteSignal
{
    private readonly SqliteStore store;

    internal SqliteMessages(SqliteStore store) => this.store = store;

    public ValueTask Send(string queue, IReadOnlyList<OutgoingMessage> messages, CancellationToken token)
    {
        if (IsDeadLetterQueue(queue)) throw new ArgumentException("Nobody sends to a dead-letter queue.", nameof(queue));
        foreach (var message in messages)
        {
            if (Encoding.UTF8.GetByteCount(message.Body) > Limits.MessageBytes)
                throw new ArgumentException($"A message holds at most {Limits.MessageBytes} bytes.", nameof(messages));
        }
        if (messages.Count == 0) return ValueTask.CompletedTask;
        return new ValueTask(store.Write(new SendMessages(Signal(queue), queue, messages, token)));
    }

    public ValueTask<IReadOnlyList<ReceivedMessage>> Receive(string queue, int max, TimeSpan lockFor, int maxDeliveries, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDeliveries, 1);
        return new(store.Write(new ReceiveMessages(store.Signals, queue, max, Milliseconds(lockFor), maxDeliveries, token)));
    }

    public ValueTask<bool> Complete(ReceivedMessage message, CancellationToken token) =>
        new(store.Write(new SettleMessage(MessageStatements.Complete, null, message, token)));

    public ValueTask<bool> Renew(ReceivedMessage message, TimeSpan lockFor, CancellationToken token) =>
        new(store.Write(new SettleMessage(MessageStatements.Renew, null, message, token) { LockFor = Milliseconds(lockFor) }));

    public ValueTask<bool> Abandon(ReceivedMessage message, CancellationToken token) =>
        new(store.Write(new SettleMessage(MessageStatements.Abandon, Signal(message.Queue), message, token)));

    public ValueTask<bool> DeadLetter(ReceivedMessage message, string reason, string description, CancellationToken token)
    {
        if (IsDeadLetterQueue(message.Queue)) throw new ArgumentException("A dead message has no further queue to go to.", nameof(message));
        var deadLetters = Queues.DeadLettersOf(message.Queue);
        return new(store.Write(new SettleMessage(MessageStatements.DeadLetter, Signal(deadLetters), message, token)
        {
            Queue = deadLetters,
            Reason = reason,
            Description = description,
        }));
    }

    public ValueTask<QueueDepth> Depth(string queue, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        return new(store.Read((queue, now: store.Clock.Now()), static (session, asked) =>
        {
            var row = session.Prepared(MessageStatements.Depth).Bind(1, asked.queue).Bind(2, asked.now);
            row.Step();
            try
            {
                return new QueueDepth(row.Integer(0), row.Integer(1), row.Integer(2), row.IsNull(3) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Integer(3)));
            }
            finally
            {
                row.Reset();
            }
        }));
    }

    public long Current(string topic) => store.Signals.Current(topic);

    public Task After(string topic, long seen, CancellationToken token) => store.Signals.After(topic, seen, token);

    internal static bool IsDeadLetterQueue(string queue) => queue.EndsWith(Queues.DeadLettersOf(""), StringComparison.Ordinal);

    private WriteSignal Signal(string queue) => store.Signals[IWriteSignal.Messages(queue)];

    private static long Milliseconds(TimeSpan lockFor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lockFor, TimeSpan.Zero);
        return (long)Math.Ceiling(lockFor.TotalMilliseconds);
    }
}
