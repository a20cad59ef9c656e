using System.Globalization;
using Crm.Ports;

namespace Crm.Adapters.Sqlite;

internal sealed class SendMessages(WriteSignal signal, string queue, IReadOnlyList<OutgoingMessage> messages, CancellationToken token) : Write<bool>(token)
{
    public override int Sequences => messages.Count;

    public override bool IsCompound => messages.Count > 1;

    protected override bool Do(WriteTransaction transaction)
    {
        foreach (var message in messages)
        {
            transaction.Prepared(MessageStatements.Send)
                .Bind(1, transaction.NextSequence())
                .Bind(2, queue)
                .Bind(3, message.DueAt is { } due ? Math.Max(UnixTime.NotBefore(due), transaction.Now) : transaction.Now)
                .Bind(4, message.MessageId ?? Guid.NewGuid().ToString("N"))
                .Bind(5, message.Body)
                .Run();
            transaction.Wrote(signal);
        }
        return true;
    }
}

internal sealed class ReceiveMessages(WriteSignals signals, string queue, int max, long lockFor, int maxDeliveries, CancellationToken token)
    : Write<IReadOnlyList<ReceivedMessage>>(token)
{
    private const string Exceeded = "MaxDeliveryCountExceeded";

    public override bool IsCompound => true;

    protected override IReadOnlyList<ReceivedMessage> Do(WriteTransaction transaction)
    {
        var received = new List<ReceivedMessage>();
        var dead = 0;
        var lockNumber = transaction.NextSequence();
        do
        {
            dead = 0;
            foreach (var message in Due(transaction, max - received.Count, lockNumber))
            {
                // A dead-letter queue has no further one to move to.
                if (message.DeliveryCount > maxDeliveries && !SqliteMessages.IsDeadLetterQueue(queue))
                {
                    Bury(transaction, message);
                    dead++;
                    continue;
                }
                transaction.Prepared(MessageStatements.Lock).Bind(1, message.Sequence).Bind(2, lockNumber).Bind(3, transaction.Now + lockFor).Run();
                received.Add(message);
            }
        }
        while (dead > 0 && received.Count < max);
        return received;
    }

    private List<ReceivedMessage> Due(WriteTransaction transaction, int limit, long lockNumber)
    {
        var lockToken = lockNumber.ToString(CultureInfo.InvariantCulture);
        var due = new List<ReceivedMessage>();
        var rows = transaction.Prepared(MessageStatements.Due).Bind(1, queue).Bind(2, transaction.Now).Bind(3, limit);
        while (rows.Step())
        {
            due.Add(new ReceivedMessage(
                queue, rows.Integer(0), lockToken, rows.Text(1), rows.Text(2), (int)rows.Integer(3) + 1,
                DateTimeOffset.FromUnixTimeMilliseconds(rows.Integer(4)), rows.TextOrNull(5), rows.TextOrNull(6)));
        }
        return due;
    }

    private void Bury(WriteTransaction transaction, ReceivedMessage message)
    {
        var deadLetters = Queues.DeadLettersOf(queue);
        transaction.Prepared(MessageStatements.Bury)
            .Bind(1, message.Sequence)
            .Bind(2, deadLetters)
            .Bind(3, transaction.Now)
            .Bind(4, Exceeded)
            .Bind(5, string.Create(CultureInfo.InvariantCulture, $"Delivered {message.DeliveryCount - 1} times without success."))
            .Run();
        transaction.Wrote(signals[IWriteSignal.Messages(deadLetters)]);
    }
}

/// <summary>Ends or prolongs a lock; true when it was still held.</summary>
internal sealed class SettleMessage(string sql, WriteSignal? signal, ReceivedMessage message, CancellationToken token) : Write<bool>(token)
{
    public override int Sequences => 0;

    public long? LockFor { get; init; }

    public string? Queue { get; init; }

    public string? Reason { get; init; }

    public string? Description { get; init; }

    protected override bool Do(WriteTransaction transaction)
    {
        if (!long.TryParse(message.LockToken, NumberStyles.None, CultureInfo.InvariantCulture, out var lockNumber)) return false;
        var statement = transaction.Prepared(sql).Bind(1, message.Sequence).Bind(2, lockNumber).Bind(3, transaction.Now);
        if (LockFor is { } lockFor) statement.Bind(4, transaction.Now + lockFor);
        if (Queue is not null) statement.Bind(4, Queue).Bind(5, Reason).Bind(6, Description);
        var held = statement.Run() == 1;
        if (held && signal is not null) transaction.Wrote(signal);
        return held;
    }
}
