using System.Threading.Channels;
using Crm.Ports;
using Microsoft.Extensions.Logging;

namespace Crm.EmbeddedHost;

/// <summary>
/// Receives a queue's messages for one function: as many in work as allowed, some locked ahead, fetched in batches.
/// </summary>
internal sealed partial class QueuePump(
    FunctionMetadata function,
    IMessageReceiver receiver,
    HeldMessages held,
    QueueRun run,
    WakeUp wake,
    RequestLoad load,
    FunctionsOptions options,
    TimeProvider clock,
    Shutdown shutdown,
    Tally tally,
    ILogger logger) : IPump
{
    private readonly Trigger.Queue queue = (Trigger.Queue)function.Trigger;
    private readonly Channel<HeldMessage> waiting = Channel.CreateUnbounded<HeldMessage>();
    private bool fetching;

    public FunctionMetadata Function => function;

    public void Nudge() => wake.Nudge();

    public async Task Run()
    {
        using CancellationTokenSource done = new();
        Task renewing = held.Renew(done.Token);
        Task[] workers = [.. Enumerable.Range(0, options.MaxConcurrentCalls).Select(_ => Work())];
        await Receive();
        waiting.Writer.Complete();
        await Task.WhenAll(workers);
        await done.CancelAsync();
        await renewing;
    }

    /// <remarks>The order matters: a message just locked is no longer in the depth, so whether one is being fetched is asked last.</remarks>
    public async ValueTask<bool> IsAtRest(CancellationToken token) =>
        (await receiver.Depth(queue.Name, token)).Active == 0 && !Volatile.Read(ref fetching) && held.Count == 0;

    public async ValueTask<FunctionStatus> Status(CancellationToken token)
    {
        QueueDepth depth = await receiver.Depth(queue.Name, token);
        return tally.Status(function, queue.Name, depth.Active, depth.Active > 0 ? clock.GetUtcNow() - depth.OldestEnqueuedAt : null);
    }

    private async Task Receive()
    {
        int failures = 0;
        while (!shutdown.Stopping.IsCancellationRequested)
        {
            try
            {
                long seen = wake.Seen;
                int room = options.MaxConcurrentCalls + options.Prefetch - held.Count;
                DateTimeOffset? oldest = room > options.Prefetch / 2 ? await Fetch(room) : null;
                failures = 0;
                if (oldest is { } since)
                {
                    await load.StepBack(since, shutdown.Stopping);
                    continue;
                }

                tally.Rest();
                await wake.Next(seen, options.QueuePollDelay, shutdown.Stopping);
            }
            catch (OperationCanceledException) when (shutdown.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Task wait = Patience.Wait(++failures, clock, shutdown.Stopping);
                Log.Unreadable(logger, e, function.Name, queue.Name);
                tally.Failed(e);
                await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>When the oldest message fetched was enqueued; null when there was none.</returns>
    private async Task<DateTimeOffset?> Fetch(int room)
    {
        long lockedAt = clock.GetTimestamp();
        int maxDeliveries = queue.IsDeadLetter ? int.MaxValue : options.MaxDeliveries;

        Volatile.Write(ref fetching, true);
        try
        {
            // Not cancelled by a stop: what is locked must be known here, so that it can be given back.
            IReadOnlyList<ReceivedMessage> messages =
                await receiver.Receive(queue.Name, room, options.LockDuration, maxDeliveries, shutdown.Drained);
            foreach (ReceivedMessage message in messages) waiting.Writer.TryWrite(held.Add(message, lockedAt));
            return messages.Count == 0 ? null : messages.Min(m => m.EnqueuedAt);
        }
        finally
        {
            Volatile.Write(ref fetching, false);
        }
    }

    private async Task Work()
    {
        await foreach (HeldMessage message in waiting.Reader.ReadAllAsync(CancellationToken.None))
        {
            tally.Begin();
            try
            {
                if (shutdown.Stopping.IsCancellationRequested) await run.GiveBack(message);
                else if (!message.Lost) await run.Handle(message);
            }
            finally
            {
                held.Remove(message);
                if (held.Count <= options.MaxConcurrentCalls + options.Prefetch / 2) wake.Nudge();
                tally.End();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(41, LogLevel.Error, "{Function} cannot receive from {Queue}")]
        public static partial void Unreadable(ILogger logger, Exception error, string function, string queue);
    }
}
