namespace Crm.Ports;

/// <summary>
/// The receiving side of <see cref="IMessages"/>, needed only where no Functions host receives for us. Peek-lock: a
/// received message is hidden from others until its lock ends, then delivered again with a higher count.
/// </summary>
public interface IMessageReceiver
{
    /// <summary>
    /// Locks up to <paramref name="max"/> due messages, oldest first; none is an empty list. A message already delivered
    /// <paramref name="maxDeliveries"/> times moves to the dead-letter queue instead (<c>MaxDeliveryCountExceeded</c>).
    /// </summary>
    ValueTask<IReadOnlyList<ReceivedMessage>> Receive(string queue, int max, TimeSpan lockFor, int maxDeliveries, CancellationToken token);

    /// <summary>Removes the message. False: the lock was lost, and somebody else has or will have the message.</summary>
    ValueTask<bool> Complete(ReceivedMessage message, CancellationToken token);

    /// <summary>Holds the lock for a further <paramref name="lockFor"/> from now. False: it was lost.</summary>
    ValueTask<bool> Renew(ReceivedMessage message, TimeSpan lockFor, CancellationToken token);

    /// <summary>Gives the message back at once. False: the lock was lost.</summary>
    ValueTask<bool> Abandon(ReceivedMessage message, CancellationToken token);

    /// <summary>Moves the message to <see cref="Queues.DeadLettersOf"/>, keeping body, id and count. False: the lock was lost.</summary>
    ValueTask<bool> DeadLetter(ReceivedMessage message, string reason, string description, CancellationToken token);

    /// <summary>How many messages wait, are locked and are scheduled.</summary>
    ValueTask<QueueDepth> Depth(string queue, CancellationToken token);
}

public sealed record ReceivedMessage(
    string Queue,
    long Sequence,
    string LockToken,
    string MessageId,
    string Body,
    int DeliveryCount,
    DateTimeOffset EnqueuedAt,
    string? DeadLetterReason = null,
    string? DeadLetterDescription = null);

/// <param name="Active">Due, not locked.</param>
public sealed record QueueDepth(long Active, long Locked, long Scheduled, DateTimeOffset? OldestEnqueuedAt)
{
    public long Total => Active + Locked + Scheduled;
}
