using Crm.EmbeddedHost;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.EmbeddedHost;

public sealed class TimerSchedules
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("0 */15 * * * *", true)]
    [InlineData("0 0 6 * * 1-5", true)]
    [InlineData("*/15 * * * *", false)] // Five fields would be read an hour for a minute.
    [InlineData("0 0 0 30 2 *", false)] // 30 February never comes.
    [InlineData("00:05:00", false)]
    [InlineData("", false)]
    public void Only_six_fields_that_come_true_are_a_schedule(string text, bool valid) =>
        Assert.Equal(valid, TimerSchedule.Parse(text) is not null);

    [Fact]
    public void The_latest_slot_missed_is_the_last_of_all_slots_missed()
    {
        Gen<(string Text, int After, int Length)> cases =
            from text in Gen.Elements("* * * * * *", "0 */15 * * * *", "30 7 * * * *", "0 0 6 * * 1-5", "0 0 0 1 * *", "0 0 0 29 2 *")
            from after in Gen.Choose(0, 86400 * 40)
            from length in Gen.OneOf(Gen.Choose(0, 120), Gen.Choose(0, 86400 * 3), Gen.Choose(0, 86400 * 60))
            select (text, after, text[0] == '*' ? length % 5000 : length);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            TimerSchedule schedule = TimerSchedule.Parse(c.Text)!;
            DateTime after = Noon.AddSeconds(c.After), until = after.AddSeconds(c.Length);
            DateTime? expected = null;
            for (DateTime slot = schedule.Next(after); slot <= until; slot = schedule.Next(slot)) expected = slot;
            Assert.Equal(expected, schedule.Latest(after, until));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_year_of_downtime_of_an_every_second_timer_is_looked_through_at_once() =>
        Assert.Equal(Noon, TimerSchedule.Parse("* * * * * *")!.Latest(Noon.AddYears(-1), Noon));
}
