using System.Collections.Concurrent;
using Crm.Ports;
using Microsoft.Extensions.Logging;

namespace Crm.EmbeddedHost;

/// <summary>All messages of a queue that this process holds, waiting or in work; renews their locks at half-time.</summary>
internal sealed partial class HeldMessages(IMessageReceiver receiver, TimeSpan lockFor, TimeProvider clock, ILogger logger)
{
    private readonly ConcurrentDictionary<string, HeldMessage> held = new(StringComparer.Ordinal);

    public int Count => held.Count;

    public HeldMessage Add(ReceivedMessage message, long lockedAt) => held[message.LockToken] = new(message, lockedAt);

    public void Remove(HeldMessage message) => held.TryRemove(message.Message.LockToken, out _);

    public async Task Renew(CancellationToken token)
    {
        while (!token.IsCancellationRequested)
        {
            await Task.Delay(lockFor / 4, clock, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (HeldMessage message in held.Values)
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
            else message.Lost = held.ContainsKey(message.Message.LockToken);
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
