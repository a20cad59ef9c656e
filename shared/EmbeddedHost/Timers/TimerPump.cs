using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Crm.EmbeddedHost;

/// <summary>Runs a timer function once per slot; after downtime once for the latest slot missed.</summary>
internal sealed partial class TimerPump(
    FunctionMetadata function,
    TimerSchedule schedule,
    TimerLeases leases,
    TimerRun run,
    WakeUp wake,
    TimeProvider clock,
    Shutdown shutdown,
    Tally tally,
    ILogger logger) : IPump
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1); // So that a changed clock is noticed.

    private readonly Trigger.Timer timer = (Trigger.Timer)function.Trigger;
    private readonly DateTime started = clock.GetUtcNow().UtcDateTime;
    private DateTime? awaited;
    private long due; // Ticks; 0 before the first look.
    private bool first = true;

    public FunctionMetadata Function => function;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public void Nudge() => wake.Nudge();

    public async Task Run()
    {
        int failures = 0;
        while (!shutdown.Stopping.IsCancellationRequested)
        {
            try
            {
                await Step();
                failures = 0;
            }
            catch (OperationCanceledException) when (shutdown.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Task wait = Patience.Wait(++failures, clock, shutdown.Stopping);
                Log.Broken(logger, e, function.Name);
                tally.Failed(e);
                await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public ValueTask<bool> IsAtRest(CancellationToken token) => new(tally.Running == 0 && !IsDue);

    public ValueTask<FunctionStatus> Status(CancellationToken token) => new(tally.Status(
        function, timer.Schedule, IsDue ? 1 : 0, IsDue && awaited is { } slot ? Now - slot : null));

    private bool IsDue => Volatile.Read(ref due) <= Now.Ticks;

    private async Task Step()
    {
        (TimerLease lease, StoredLease stored) = await leases.Load(shutdown.Stopping);
        if (!timer.Monitored && lease.Finished < started) lease = lease with { Finished = started };
        TimerStep step = TimerStep.Decide(schedule, lease, Now, awaited, leases.Owner);
        bool startup = first && timer.RunOnStartup && step is TimerStep.Wait;
        first = false;
        if (startup)
        {
            await run.AtStartup(Info(lease, stored, Now, false));
        }
        else if (step is TimerStep.Run due)
        {
            await run.Slot(lease, due.Slot, stored.ETag, Info(lease, stored, due.Slot, due.IsPastDue));
        }
        else if (step is TimerStep.Wait wait)
        {
            awaited = wait.Until;
            Volatile.Write(ref this.due, wait.Until.Ticks);
            tally.Rest();
            TimeSpan sleep = wait.Until - Now;
            if (sleep > TimeSpan.Zero) await wake.Next(0, sleep < LongestSleep ? sleep : LongestSleep, shutdown.Stopping);
        }
    }

    private TimerInfo Info(TimerLease lease, StoredLease stored, DateTime slot, bool isPastDue) => new()
    {
        IsPastDue = isPastDue,
        ScheduleStatus = new()
        {
            Last = lease.Last ?? default,
            Next = schedule.Next(slot > Now ? slot : Now),
            LastUpdated = stored.Written,
        },
    };

    private static partial class Log
    {
        [LoggerMessage(51, LogLevel.Error, "{Function} cannot read or keep its schedule")]
        public static partial void Broken(ILogger logger, Exception error, string function);
    }
}
