using Crm.Model;
using Crm.Reports;

namespace Crm.Tests.Functions.Reports;

public sealed class DueReportsTests
{
    private static readonly Company Berlin = new("Company", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    [Theory]
    // Berlin's 22 November ends at 23:00 UTC; its last events have a quarter of an hour to settle.
    [InlineData("2026-11-22T23:14:59Z", "2026-11-21")]
    [InlineData("2026-11-22T23:15:00Z", "2026-11-22")]
    // In summer two hours before UTC.
    [InlineData("2026-07-10T22:15:00Z", "2026-07-10")]
    [InlineData("2026-07-10T22:14:00Z", "2026-07-09")]
    // The day on which the clock goes back is over at 23:00 UTC.
    [InlineData("2026-10-25T22:30:00Z", "2026-10-24")]
    [InlineData("2026-10-25T23:15:00Z", "2026-10-25")]
    public void A_day_is_due_a_quarter_of_an_hour_after_it_has_ended_in_the_companys_zone(string now, string last) =>
        Assert.Equal(last, $"{DueReports.At(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), Berlin, new HashSet<DateOnly>())[^1]:yyyy-MM-dd}");

    [Fact]
    public void Missed_days_of_a_week_are_made_up_for() =>
        Assert.Equal(Days(16, 18, 22), Due(Made(17, 19, 20, 21)).Where(d => !Made(17, 19, 20, 21).Contains(d)));

    [Fact]
    public void The_tick_that_makes_yesterday_looks_at_the_three_days_before_again() =>
        Assert.Equal(Days(19, 20, 21, 22), Due(Made(16, 17, 18, 19, 20, 21)));

    [Fact]
    public void Once_all_is_made_nothing_is_due() => Assert.Empty(Due(Made(16, 17, 18, 19, 20, 21, 22)));

    private static IReadOnlyList<DateOnly> Due(HashSet<DateOnly> made) => DueReports.At(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero), Berlin, made);

    private static HashSet<DateOnly> Made(params int[] days) => [.. Days(days)];

    private static IEnumerable<DateOnly> Days(params int[] days) => days.Select(d => new DateOnly(2026, 11, d));
}
