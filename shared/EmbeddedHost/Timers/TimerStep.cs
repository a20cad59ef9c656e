namespace Crm.EmbeddedHost;

/// <summary>Decides what a timer does now: wait, or run the latest slot that has not been finished.</summary>
internal abstract record TimerStep
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ClockError = TimeSpan.FromHours(1);

    private TimerStep() { }

    public sealed record Wait(DateTime Until) : TimerStep;

    public sealed record Run(DateTime Slot, bool IsPastDue) : TimerStep;

    /// <param name="awaited">The slot the pump slept for; a run of any other is past due.</param>
    /// <param name="owner">This host. A run of another one counts until its lock ends.</param>
    public static TimerStep Decide(TimerSchedule schedule, TimerLease lease, DateTime now, DateTime? awaited, string owner)
    {
        bool running = lease.Running is not null;
        if (running && lease.Owner != owner && lease.Until > now) return new Wait(lease.Until.Value);

        // A position far in the future is a clock that once ran ahead; obeying it would stop the timer until then.
        DateTime finished = lease.Finished > now + ClockError ? now : lease.Finished;
        if (schedule.Latest(finished, now) is not { } slot) return new Wait(schedule.Next(finished > now ? finished : now));
        return new Run(slot, running || slot != awaited || now - slot > Late);
    }
}
