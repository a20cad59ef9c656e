using Crm.EmbeddedHost;

namespace Crm.Tests.EmbeddedHost;

public sealed class TimerSteps
{
    private static readonly DateTime Ten = new(2026, 3, 1, 10, 0, 0, DateTimeKind.Utc);
    private static readonly TimerSchedule Hourly = TimerSchedule.Parse("0 0 * * * *")!;

    [Fact]
    public void Before_the_next_slot_it_waits_for_it() =>
        Assert.Equal(new TimerStep.Wait(Ten.AddHours(1)), Decide(Finished(Ten), Ten.AddMinutes(59)));

    [Fact]
    public void The_awaited_slot_runs_on_time() =>
        Assert.Equal(new TimerStep.Run(Ten, false), Decide(Finished(Ten.AddHours(-1)), Ten, awaited: Ten));

    [Fact]
    public void A_slot_that_nobody_waited_for_is_past_due() =>
        Assert.Equal(new TimerStep.Run(Ten, true), Decide(Finished(Ten.AddHours(-1)), Ten));

    [Fact]
    public void After_downtime_only_the_latest_slot_runs_past_due() =>
        Assert.Equal(new TimerStep.Run(Ten, true), Decide(Finished(Ten.AddDays(-3)), Ten.AddMinutes(20), awaited: Ten.AddDays(-3).AddHours(1)));

    [Fact]
    public void A_slot_that_was_slept_through_is_past_due() =>
        Assert.Equal(new TimerStep.Run(Ten, true), Decide(Finished(Ten.AddHours(-1)), Ten.AddMinutes(2), awaited: Ten));

    [Fact]
    public void A_slot_that_another_host_runs_is_left_to_it_until_its_lock_ends()
    {
        TimerLease running = Finished(Ten.AddHours(-1)) with { Running = Ten, Owner = "other", Until = Ten.AddSeconds(30) };
        Assert.Equal(new TimerStep.Wait(Ten.AddSeconds(30)), Decide(running, Ten.AddSeconds(29), awaited: Ten));
        Assert.Equal(new TimerStep.Run(Ten, true), Decide(running, Ten.AddSeconds(30), awaited: Ten));
    }

    [Fact]
    public void An_own_slot_left_running_is_run_again_at_once()
    {
        TimerLease running = Finished(Ten.AddHours(-1)) with { Running = Ten, Owner = "me", Until = Ten.AddSeconds(30) };
        Assert.Equal(new TimerStep.Run(Ten, true), Decide(running, Ten.AddSeconds(1), awaited: Ten));
    }

    [Fact]
    public void A_clock_that_steps_back_a_little_repeats_no_slot() =>
        Assert.Equal(new TimerStep.Wait(Ten.AddHours(1)), Decide(Finished(Ten), Ten.AddMinutes(-10)));

    [Fact]
    public void A_clock_that_once_ran_a_year_ahead_does_not_stop_the_timer() =>
        Assert.Equal(new TimerStep.Wait(Ten.AddHours(1)), Decide(Finished(Ten.AddYears(1)), Ten.AddMinutes(1)));

    private static TimerLease Finished(DateTime slot) => new("timer.X", slot, slot, null, null, null);

    private static TimerStep Decide(TimerLease lease, DateTime now, DateTime? awaited = null) =>
        TimerStep.Decide(Hourly, lease, now, awaited, "me");
}
