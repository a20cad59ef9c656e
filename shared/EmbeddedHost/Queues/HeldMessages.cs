using System.Collections.Concurrent;
using Crm.Ports;
using Microsoft.Extensions.Logging;

namespace Crm.EmbeddedHost;

/// <summary>All messages of a queue that this process holds, waiting or in work; renews their locks at half-time.</summary>
internal sealed partial class HeldMessages(IMessageReceiver receiver, TimeSpan lockFor, TimeProvider clock, ILogger logger)
{
    // By object: neither lock token nor sequence is promised to be unique among those held at one time.
    private readonly ConcurrentDictionary<HeldMessage, bool> held = new(ReferenceEqualityComparer.Instance);
    private int count;

    public int Count => Volatile.Read(ref count);

    public HeldMessage Add(ReceivedMessage message, long lockedAt)
    {
        HeldMessage added = new(message, lockedAt);
        Interlocked.Increment(ref count);
        held.TryAdd(added, true);
        return added;
    }

    public void Remove(HeldMessage message)
    {
        if (held.TryRemove(message, out _)) Interlocked.Decrement(ref count);
    }

    public async Task Renew(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            await Task.Delay(lockFor / 4, clock, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach ((HeldMessage message, _) in held)
            {
                if (token.IsCancellationRequested) return;
                if (!message.Lost && clock.GetElapsedTime(message.LockedAt) >= lockFor / 2) await Renew(message);
            }
        }
    }

    private async Task Renew(HeldMessage message)
    {
        try
        {
            long now = clock.GetTimestamp();
            if (await receiver.Renew(message.Message, lockFor, CancellationToken.None)) message.LockedAt = now;
            else message.Lost = true;
        }
        catch (Exception e)
        {
            Log.NotRenewed(logger, e, message.Message.Queue, message.Message.MessageId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(21, LogLevel.Error, "The lock of message {MessageId} of {Queue} was not renewed")]
        public static partial void NotRenewed(ILogger logger, Exception error, string queue, string messageId);
    }
}
