using Crm.Ports;
using Microsoft.Extensions.Logging;

namespace Crm.EmbeddedHost;

/// <summary>
/// Reads a container's change feed for one function and keeps the position after each batch. A crash in between runs the
/// batch again: at least once.
/// </summary>
internal sealed partial class FeedPump(
    FunctionMetadata function,
    IDocuments documents,
    FeedPositions positions,
    FeedBatch batch,
    WakeUp wake,
    RequestLoad load,
    TimeProvider clock,
    Shutdown shutdown,
    Tally tally,
    ILogger logger) : IPump
{
    private readonly Trigger.Feed feed = (Trigger.Feed)function.Trigger;
    private FeedPosition? position;

    public FunctionMetadata Function => function;

    public void Nudge() => wake.Nudge();

    public async Task Run()
    {
        int failures = 0;
        while (!shutdown.Stopping.IsCancellationRequested)
        {
            try
            {
                position ??= await positions.Load(shutdown.Stopping);
                long seen = wake.Seen;
                FeedPage page = await documents.Feed(feed.Container, position.Continuation, feed.MaxItems, shutdown.Stopping);
                failures = 0;
                if (page.Changes.Count == 0)
                {
                    tally.Rest();
                    await wake.Next(seen, feed.PollDelay, shutdown.Stopping);
                }
                else
                {
                    await Handle(position, page);
                    await load.StepBack(page.Changes[0].Written, shutdown.Stopping);
                }
            }
            catch (OperationCanceledException) when (shutdown.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Task wait = Patience.Wait(++failures, clock, shutdown.Stopping);
                Log.Unreadable(logger, e, function.Name, feed.Container);
                tally.Failed(e);
                await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public async ValueTask<bool> IsAtRest(CancellationToken token) =>
        tally.Running == 0 && position is { } at && (await documents.Feed(feed.Container, at.Continuation, 1, token)).Changes.Count == 0;

    public async ValueTask<FunctionStatus> Status(CancellationToken token)
    {
        FeedItem? oldest = position is { } at
            && (await documents.Feed(feed.Container, at.Continuation, 1, token)).Changes is [FeedItem next, ..] ? next : null;
        return tally.Status(function, feed.Container, oldest is null ? 0 : 1, oldest is null ? null : clock.GetUtcNow() - oldest.Written);
    }

    private async Task Handle(FeedPosition from, FeedPage page)
    {
        tally.Begin();
        try
        {
            await batch.Handle(page.Changes);
            position = await Patience.Insist(
                token => positions.Advance(from, page.Continuation, token),
                e =>
                {
                    Log.NotKept(logger, e, function.Name, feed.LeaseId);
                    tally.Failed(e);
                },
                clock,
                shutdown.Drained);
            if (position is null) Log.Moved(logger, function.Name, feed.LeaseId);
        }
        finally
        {
            tally.End();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(11, LogLevel.Error, "{Function} cannot read the feed of {Container}")]
        public static partial void Unreadable(ILogger logger, Exception error, string function, string container);

        [LoggerMessage(12, LogLevel.Error, "{Function} cannot keep its position {Lease}")]
        public static partial void NotKept(ILogger logger, Exception error, string function, string lease);

        [LoggerMessage(13, LogLevel.Warning, "{Function}: another process moved the position {Lease}; going on from there")]
        public static partial void Moved(ILogger logger, string function, string lease);
    }
}
