using Crm.EmbeddedHost;

namespace Crm.Tests.EmbeddedHost;

public sealed class TimerFunctions
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timer_runs_at_its_slot_and_again_at_the_next()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(EveryHour)], journal: j => j.Open("tick"));
        await host.WhenIdle();
        Assert.Empty(host.Journal.Words);
        store.Clock.Advance(HalfHour);
        await host.WhenIdle();
        store.Clock.Advance(HalfHour);
        await host.WhenIdle();
        store.Clock.Advance(HalfHour);
        await host.WhenIdle();
        Assert.Equal(
            [
                "on time", "last 0001-01-01T00:00:00 next 2026-03-01T12:00:00 Utc", "ticked",
                "on time", "last 2026-03-01T11:00:00 next 2026-03-01T13:00:00 Utc", "ticked",
            ],
            host.Journal.Words);
    }

    [Fact]
    public async Task A_timer_wakes_by_the_clock_alone()
    {
        await using TestStore store = new();
        TestClock own = new();
        await using TestHost host = await store.Host([typeof(EveryHour)], clock: own, journal: j => j.Open("tick"));
        for (int minute = 1; minute <= 30; minute++)
        {
            await own.Armed(Minute, minute);
            own.Advance(Minute);
        }

        await host.Journal.Until("on time");
    }

    [Fact]
    public async Task After_downtime_the_latest_slot_missed_runs_once_past_due()
    {
        await using TestStore store = new();
        await using (TestHost first = await store.Host([typeof(EveryHour)], journal: j => j.Open("tick")))
        {
            await first.WhenIdle();
            store.Clock.Advance(HalfHour);
            await first.WhenIdle();
            Assert.Single(first.Journal.Words, "ticked");
            await first.Stop();
        }

        await using (TestHost second = await store.Host([typeof(EveryHour)], journal: j => j.Open("tick")))
        {
            await second.WhenIdle();
            Assert.Empty(second.Journal.Words); // A finished slot never runs again.
            await second.Stop();
        }

        store.Clock.Advance(TimeSpan.FromHours(5.5));
        await using TestHost third = await store.Host([typeof(EveryHour)], journal: j => j.Open("tick"));
        await third.WhenIdle();
        Assert.Equal(["past due", "last 2026-03-01T11:00:00 next 2026-03-01T17:00:00 Utc", "ticked"], third.Journal.Words);
    }

    [Fact]
    public async Task Two_hosts_on_one_store_run_a_slot_once()
    {
        await using TestStore store = new();
        await using TestHost one = await store.Host([typeof(EveryHour)], journal: j => j.Open("tick"));
        await using TestHost other = await store.Host([typeof(EveryHour)], journal: j => j.Open("tick"));
        await one.WhenIdle();
        await other.WhenIdle();
        for (int hour = 1; hour <= 5; hour++)
        {
            store.Clock.Advance(hour == 1 ? HalfHour : TimeSpan.FromHours(1));
            await Task.WhenAll(one.WhenIdle(), other.WhenIdle());
            Assert.Equal(hour, one.Journal.Words.Concat(other.Journal.Words).Count(w => w == "ticked"));
        }
    }

    [Fact]
    public async Task A_slot_whose_host_went_silent_is_run_by_another_past_due()
    {
        await using TestStore store = new();
        TestClock frozen = new();
        await using TestHost silent = await store.Host([typeof(EveryHour)], clock: frozen);
        await silent.WhenIdle();
        frozen.Advance(HalfHour);
        await silent.Journal.Until("on time"); // It now waits at its gate, and its clock stands still: no renewal.

        store.Clock.Advance(HalfHour);
        await using TestHost other = await store.Host([typeof(EveryHour)], journal: j => j.Open("tick"));
        await other.WhenIdle();
        Assert.Empty(other.Journal.Words); // Not while the lock holds.
        store.Clock.Advance(TimeSpan.FromSeconds(30));
        await other.WhenIdle();
        Assert.Equal("past due", other.Journal.Words[0]);

        // What it finishes late, it must not write over the slots finished since.
        store.Clock.Advance(TimeSpan.FromHours(1));
        await other.WhenIdle();
        silent.Journal.Open("tick");
        await silent.Journal.Until("ticked");
        await silent.Stop();
        Assert.Equal(2, other.Journal.Words.Count(w => w == "ticked"));
        await using TestHost third = await store.Host([typeof(EveryHour)], journal: j => j.Open("tick"));
        await third.WhenIdle();
        Assert.Empty(third.Journal.Words);
    }

    [Fact]
    public async Task A_long_run_keeps_its_slot()
    {
        await using TestStore store = new();
        TestClock own = new();
        await using TestHost host = await store.Host([typeof(EveryHour)], clock: own);
        await host.WhenIdle();
        own.Advance(HalfHour);
        await host.Journal.Until("on time");
        store.Clock.Advance(HalfHour);
        await using TestHost other = await store.Host([typeof(EveryHour)], journal: j => j.Open("tick"));
        await other.WhenIdle();
        for (int half = 1; half <= 8; half++)
        {
            await own.Armed(TimeSpan.FromSeconds(15), half);
            own.Advance(TimeSpan.FromSeconds(15));
            await own.Armed(TimeSpan.FromSeconds(15), half + 1); // The lock is renewed by now.
            store.Clock.Advance(TimeSpan.FromSeconds(15));
            await other.WhenIdle();
        }

        Assert.Empty(other.Journal.Words);
        host.Journal.Open("tick");
        await host.WhenIdle();
        Assert.Single(host.Journal.Words, "ticked");
    }

    [Fact]
    public async Task A_failing_timer_is_retried_by_its_attribute_and_goes_on_with_the_next_slot()
    {
        await using TestStore store = new();
        int failures = 3;
        await using TestHost host = await store.Host([typeof(EveryHourAgain)], journal: j => j.OnRun = _ =>
        {
            if (failures-- > 0) throw new InvalidOperationException();
        });
        await host.WhenIdle();
        for (int hour = 1; hour <= 2; hour++)
        {
            store.Clock.Advance(hour == 1 ? HalfHour : TimeSpan.FromMinutes(59) + TimeSpan.FromSeconds(53));
            await store.Clock.Armed(TimeSpan.FromSeconds(7), hour);
            store.Clock.Advance(TimeSpan.FromSeconds(7));
            await host.WhenIdle();
        }

        Assert.Equal(["tried", "tried", "tried", "tried", "ticked"], host.Journal.Words);
        FunctionStatus status = Assert.Single(await host.Runtime.Status(Token));
        Assert.Equal(nameof(InvalidOperationException), status.LastError);
        Assert.True(status.LastSuccess >= status.LastFailure);
    }

    [Fact]
    public async Task Run_on_startup_runs_once_at_each_start_and_an_unmonitored_timer_catches_nothing_up()
    {
        await using TestStore store = new();
        for (int start = 1; start <= 2; start++)
        {
            await using TestHost host = await store.Host([typeof(EveryHourAndAtStart)]);
            await host.WhenIdle();
            Assert.Equal(["on time"], host.Journal.Words);
            await host.Stop();
            store.Clock.Advance(TimeSpan.FromHours(3));
        }
    }
}
