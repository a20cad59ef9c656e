using Crm.Service;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Service;

public sealed class PausedTimeTests
{
    private static readonly DateTimeOffset Zero = new(2024, 3, 4, 0, 0, 0, TimeSpan.Zero);

    /// <summary>zammad_pause of sla_vectors.json: new for 60 minutes, open for 30, pending for 30, then closed.</summary>
    private static readonly Pause[] Pending = [new(At(90), At(120))];

    [Fact]
    public void Published_figures_of_a_pause()
    {
        Assert.Equal(90, PausedTime.Between(BusinessHours.Always, Pending, Zero, At(120)).TotalMinutes);
        Assert.Equal(60, PausedTime.Between(BusinessHours.Always, Pending, At(30), At(120)).TotalMinutes);
        Assert.Equal(30, PausedTime.Between(BusinessHours.Always, Pending, Zero, At(30)).TotalMinutes);
        Assert.Equal(At(135), PausedTime.Due(BusinessHours.Always, Pending, At(75), TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public void A_pause_without_an_end_puts_it_off()
    {
        Pause[] pauses = [new(At(10), null)];
        Assert.Null(PausedTime.Due(BusinessHours.Always, pauses, Zero, TimeSpan.FromMinutes(11)));
        Assert.Equal(At(10), PausedTime.Due(BusinessHours.Always, pauses, Zero, TimeSpan.FromMinutes(10)));
        Assert.Equal(10, PausedTime.Between(BusinessHours.Always, pauses, Zero, At(500)).TotalMinutes);
    }

    [Fact]
    public void Time_and_due_are_those_of_a_clock_that_looks_at_every_minute()
    {
        var trials =
            from shifts in Gen.Choose(0, 6).Two().ListOf(5)
            from starts in Gen.Choose(0, 700).ListOf(4)
            from length in Gen.Choose(1, 120)
            from begin in Gen.Choose(0, 600)
            from amount in Gen.Choose(1, 900)
            select (
                Hours: new BusinessHours(NodaTime.DateTimeZone.Utc, [.. shifts.Select(s => new WeeklyShift(s.Item1, s.Item2 * 180, s.Item2 * 180 + 200))]),
                Pauses: Apart(starts, length), Begin: begin, Amount: amount);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(trials.ToArbitrary(), trial =>
        {
            var (hours, pauses, begin, amount) = trial;
            bool Runs(int minute) => BusinessTime.Between(hours, At(minute), At(minute + 1)) > TimeSpan.Zero && !pauses.Any(p => p.From <= At(minute) && At(minute) < p.To);
            var counted = Enumerable.Range(begin, 1_000).Count(Runs);
            if (PausedTime.Between(hours, pauses, At(begin), At(begin + 1_000)).TotalMinutes != counted) return false;

            var left = amount;
            var walked = Enumerable.Range(begin, 1_000).FirstOrDefault(m => Runs(m) && --left == 0, -2) + 1;
            return walked < 0 || PausedTime.Due(hours, pauses, At(begin), TimeSpan.FromMinutes(amount)) == At(walked);
        }));

        static IReadOnlyList<Pause> Apart(IEnumerable<int> starts, int length)
        {
            var pauses = new List<Pause>();
            foreach (var start in starts.Order().Where(s => pauses.Count == 0 || At(s) > pauses[^1].To)) pauses.Add(new Pause(At(start), At(start + length)));
            return pauses;
        }
    }

    private static DateTimeOffset At(int minute) => Zero.AddMinutes(minute);
}
