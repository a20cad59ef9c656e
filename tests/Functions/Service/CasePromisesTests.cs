using Crm.Service;
using NodaTime;

namespace Crm.Tests.Functions.Service;

public sealed class CasePromisesTests
{
    /// <summary>A Monday, 09:00 UTC.</summary>
    private static readonly DateTimeOffset Nine = new(2024, 3, 4, 9, 0, 0, TimeSpan.Zero);

    private static readonly BusinessHours NineToFive = new(DateTimeZone.Utc, [.. Enumerable.Range(0, 5).Select(d => new WeeklyShift(d, 540, 1020))]);

    private static readonly SlaTarget Target = new(CasePriority.Normal, 60, 30, 480);

    private static readonly SlaPolicy Policy = new()
    {
        Id = "p",
        Name = "Standard",
        Targets = [Target],
        PauseOn = [CaseState.Pending],
        CreatedAt = Nine,
        ChangedAt = Nine,
        SortAt = Nine,
    };

    [Theory]
    [InlineData(0, PromiseState.Running)]
    [InlineData(45, PromiseState.Running)]
    [InlineData(46, PromiseState.AtRisk)]
    [InlineData(59, PromiseState.AtRisk)]
    [InlineData(60, PromiseState.Breached)]
    [InlineData(600, PromiseState.Breached)]
    public void A_first_response_goes_from_running_over_at_risk_to_breached(int minutes, PromiseState expected)
    {
        var promise = One(PromiseKind.FirstResponse, Opened(), minutes);
        Assert.Equal(expected, promise.State);
        Assert.Equal(At(60), promise.DueAt);
        Assert.Null(promise.MetAt);
    }

    [Theory]
    [InlineData(60, PromiseState.Met)]
    [InlineData(61, PromiseState.Breached)]
    public void An_answer_in_time_keeps_it_and_a_late_one_does_not(int minutes, PromiseState expected)
    {
        var promise = One(PromiseKind.FirstResponse, Opened().Answered(At(minutes)), 5_000);
        Assert.Equal((expected, At(minutes), At(60)), (promise.State, promise.MetAt, promise.DueAt));
    }

    [Fact]
    public void The_next_response_counts_from_the_first_message_that_waits()
    {
        var answered = Opened().Answered(At(10));
        Assert.DoesNotContain(All(answered, 20), p => p.Kind == PromiseKind.NextResponse);
        var waiting = answered.Asked(At(100)).Asked(At(110));
        var promise = One(PromiseKind.NextResponse, waiting, 115);
        Assert.Equal((PromiseState.Running, At(130)), (promise.State, promise.DueAt));
        Assert.DoesNotContain(All(waiting.Answered(At(120)), 125), p => p.Kind == PromiseKind.NextResponse);
    }

    [Fact]
    public void A_resolution_stands_still_while_the_customer_has_to_act()
    {
        var pending = Opened().Enter(CaseState.Pending, At(120));
        var paused = One(PromiseKind.Resolution, pending, 5 * 1440);
        Assert.Equal((PromiseState.Paused, 120, (DateTimeOffset?)null), (paused.State, paused.UsedMinutes, paused.DueAt));

        // Two hours of eight are used; six more begin on Tuesday at 10:00.
        var again = pending.Enter(CaseState.Open, At(1440 + 60));
        Assert.Equal(At(1440 + 60 + 360), One(PromiseKind.Resolution, again, 1440 + 90).DueAt);
    }

    [Fact]
    public void What_was_breached_before_a_pause_stays_breached()
    {
        var late = Opened().Enter(CaseState.Pending, At(2 * 1440));
        Assert.Equal(PromiseState.Breached, One(PromiseKind.Resolution, late, 3 * 1440).State);
    }

    [Fact]
    public void Time_after_the_solution_does_not_count_when_it_is_taken_up_again()
    {
        var solved = Opened().Enter(CaseState.Solved, At(60));
        Assert.Equal((PromiseState.Met, At(60)), (One(PromiseKind.Resolution, solved, 9_000).State, One(PromiseKind.Resolution, solved, 9_000).MetAt));
        var reopened = solved.Asked(At(1440));
        var promise = One(PromiseKind.Resolution, reopened, 1440 + 10);
        Assert.Equal((PromiseState.Running, 70), (promise.State, promise.UsedMinutes));
        Assert.Equal(1, reopened.Reopens);
    }

    [Fact]
    public void A_calendar_that_is_never_open_makes_nothing_due()
    {
        var promises = CasePromises.Of(Policy, Target, new BusinessHours(DateTimeZone.Utc, []), Opened(), At(100_000));
        Assert.All(promises, p => Assert.Equal((PromiseState.Never, (DateTimeOffset?)null), (p.State, p.DueAt)));
    }

    [Fact]
    public void The_policy_of_the_lowest_order_that_has_the_queue_and_the_priority_holds()
    {
        var special = Policy with { Id = "s", Order = 1, Queues = ["vip"], Targets = [Target with { Priority = CasePriority.Urgent }] };
        var general = Policy with { Id = "g", Order = 2, Targets = [Target, Target with { Priority = CasePriority.Urgent }] };
        SlaPolicy[] policies = [general, special];
        Assert.Equal("s", SlaPolicy.Of(policies, "vip", CasePriority.Urgent)?.Policy.Id);
        Assert.Equal("g", SlaPolicy.Of(policies, "vip", CasePriority.Normal)?.Policy.Id);
        Assert.Equal("g", SlaPolicy.Of(policies, null, CasePriority.Urgent)?.Policy.Id);
        Assert.Null(SlaPolicy.Of(policies, null, CasePriority.Low));
    }

    [Fact]
    public void The_figures_of_a_case()
    {
        // Monday 09:00 opened, 09:30 answered, pending 10:00 to Tuesday 10:00, solved Tuesday 11:00, again open Wednesday, solved Wednesday 12:00.
        var course = Opened().Answered(At(30)).Enter(CaseState.Pending, At(60)).Enter(CaseState.Open, At(1440 + 60))
            .Enter(CaseState.Solved, At(1440 + 120)).Asked(At(2 * 1440 + 60)).Enter(CaseState.Solved, At(2 * 1440 + 180));
        var metrics = CaseMetrics.Of(course, NineToFive, Policy.PauseOn);
        Assert.Equal(new Elapsed(30, 30), metrics.FirstResponse);
        Assert.Equal(new Elapsed(2 * 1440 + 180, 8 * 60 + 8 * 60 + 180), metrics.FullResolution);
        Assert.Equal(new Elapsed(60 + 60 + 120, 60 + 60 + 120), metrics.WorkingTime);
        Assert.Equal(1, metrics.Reopens);
        Assert.Null(CaseMetrics.Of(Opened(), NineToFive, []).FullResolution);
    }

    private static CaseCourse Opened() => CaseCourse.Begin(Nine, CaseState.Open);

    private static DateTimeOffset At(int minutes) => Nine.AddMinutes(minutes);

    private static Promise One(PromiseKind kind, CaseCourse course, int now) => Assert.Single(All(course, now), p => p.Kind == kind);

    private static IReadOnlyList<Promise> All(CaseCourse course, int now) => CasePromises.Of(Policy, Target, NineToFive, course, At(now));
}
