using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Crm.EmbeddedHost;

/// <summary>One run of a timer function: claim the slot, keep the claim alive, run with retries, finish the slot.</summary>
internal sealed partial class TimerRun(
    FunctionMetadata function,
    FunctionRunner<TimerInfo> runner,
    TimerLeases leases,
    TimeSpan lockFor,
    TimeProvider clock,
    Shutdown shutdown,
    Tally tally,
    ILogger logger)
{
    private readonly Attempts attempts = new(function.Retry, clock, shutdown);

    /// <summary>Belongs to no slot.</summary>
    public async Task AtStartup(TimerInfo info)
    {
        tally.Begin();
        try
        {
            await Try(info);
        }
        finally
        {
            tally.End();
        }
    }

    /// <summary>Does nothing when another host has the slot.</summary>
    public async Task Slot(TimerLease lease, DateTime slot, string etag, TimerInfo info)
    {
        tally.Begin();
        try
        {
            if (await leases.Claim(lease, slot, etag, shutdown.Stopping) is not { } claim) return;
            using CancellationTokenSource done = new();
            Task<string?> renewing = Renew(lease, slot, claim, done.Token);
            bool finished = false;
            try
            {
                await Try(info);
                finished = true;
            }
            finally
            {
                await done.CancelAsync();
                if (await renewing is { } current) await Settle(lease, slot, current, finished);
                else Log.TakenOver(logger, function.Name, slot);
            }
        }
        finally
        {
            tally.End();
        }
    }

    private async Task Try(TimerInfo info)
    {
        Exception? error = await attempts.Run(token => runner.Run(info, token), (e, delay) =>
        {
            Log.Failed(logger, e, function.Name, delay);
            tally.Failed(e);
        });
        if (error is null) tally.Succeeded();
    }

    private Task<string?> Settle(TimerLease lease, DateTime slot, string etag, bool finished) => Patience.Insist(
        token => finished ? leases.Finish(lease, slot, etag, token) : leases.Release(lease, etag, token),
        e =>
        {
            Log.NotKept(logger, e, function.Name, slot);
            tally.Failed(e);
        },
        clock,
        finished ? shutdown.Drained : CancellationToken.None);

    /// <summary>Returns the claim's newest ETag, or null when it was lost.</summary>
    private async Task<string?> Renew(TimerLease lease, DateTime slot, string etag, CancellationToken done)
    {
        string? current = etag;
        while (current is not null)
        {
            await Task.Delay(lockFor / 2, clock, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested) break;
            try
            {
                current = await leases.Claim(lease, slot, current, CancellationToken.None);
            }
            catch (Exception e)
            {
                Log.NotKept(logger, e, function.Name, slot);
            }
        }

        return current;
    }

    private static partial class Log
    {
        [LoggerMessage(61, LogLevel.Error, "{Function} failed; next try in {Delay}")]
        public static partial void Failed(ILogger logger, Exception error, string function, TimeSpan? delay);

        [LoggerMessage(62, LogLevel.Error, "{Function} cannot keep its slot {Slot}")]
        public static partial void NotKept(ILogger logger, Exception error, string function, DateTime slot);

        [LoggerMessage(63, LogLevel.Warning, "{Function}: another host took over the slot {Slot}")]
        public static partial void TakenOver(ILogger logger, string function, DateTime slot);
    }
}
