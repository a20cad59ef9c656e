using Crm.Service;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Tests.Functions.Service;

/// <summary>The engine against a clock that looks at every minute, with the system's own zone rules.</summary>
public sealed class BusinessTimePropertyTests
{
    private static readonly string[] Zones =
        ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Chatham", "Asia/Shanghai"];

    /// <summary>Around clock changes of several of the zones, and an ordinary day.</summary>
    private static readonly DateTimeOffset[] Begins =
    [
        Utc(2024, 3, 29), Utc(2024, 10, 25), Utc(2024, 3, 8), Utc(2024, 11, 1), Utc(2024, 4, 4), Utc(2024, 10, 3), Utc(2024, 7, 10), Utc(2018, 11, 2), Utc(2018, 2, 15),
    ];

    private static readonly Gen<WeeklyShift> AnyShift =
        from day in Gen.Choose(0, 6)
        from start in Gen.Choose(0, 95)
        from end in Gen.Choose(0, 96)
        select new WeeklyShift(day, start * 15, end * 15);

    private static readonly Gen<Trial> AnyTrial =
        from zone in Gen.Elements(Zones)
        from begin in Gen.Elements(Begins)
        from offset in Gen.Choose(0, 2 * 1440)
        from length in Gen.Choose(0, 5 * 1440)
        from amount in Gen.Choose(0, 3 * 1440)
        from shifts in AnyShift.ListOf(8)
        from count in Gen.Choose(0, 8)
        from holiday in Gen.Choose(0, 6)
        from closed in Gen.Choose(0, 6)
        from closedFrom in Gen.Choose(0, 80)
        select new Trial(zone, begin.AddMinutes(offset), length, amount, [.. shifts.Take(count)], [.. holiday < 5 ? [DateOf(begin).PlusDays(holiday)] : Array.Empty<LocalDate>()],
            [new DatedClosure(DateOf(begin).PlusDays(closed), closedFrom * 15, closedFrom * 15 + 240)]);

    [Fact]
    public void Time_between_is_the_number_of_open_minutes() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(AnyTrial.ToArbitrary(), trial =>
            BusinessTime.Between(trial.Hours, trial.From, trial.From.AddMinutes(trial.Length)).TotalMinutes == trial.Open(trial.From).Take(trial.Length).Count(open => open)));

    [Fact]
    public void Added_time_ends_with_the_minute_that_fills_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(AnyTrial.ToArbitrary(), trial =>
        {
            var added = BusinessTime.Add(trial.Hours, trial.From, TimeSpan.FromMinutes(trial.Amount));
            return added is null ? trial.Shifts.Count == 0 : added > trial.From.AddDays(30) || added == trial.Walk(1);
        }));

    [Fact]
    public void Subtracted_time_begins_with_the_minute_that_fills_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(AnyTrial.ToArbitrary(), trial =>
        {
            var before = BusinessTime.Subtract(trial.Hours, trial.From, TimeSpan.FromMinutes(trial.Amount));
            return before is null ? trial.Shifts.Count == 0 : before < trial.From.AddDays(-30) || before == trial.Walk(-1);
        }));

    [Fact]
    public void What_was_added_lies_between() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(AnyTrial.ToArbitrary(), trial =>
            BusinessTime.Add(trial.Hours, trial.From, TimeSpan.FromMinutes(trial.Amount)) is not { } added
            || BusinessTime.Between(trial.Hours, trial.From, added).TotalMinutes == trial.Amount));

    [Fact]
    public void A_calendar_without_openings_is_never_due()
    {
        var hours = new BusinessHours(DateTimeZone.Utc, []);
        Assert.Null(BusinessTime.Add(hours, Utc(2024, 1, 1), TimeSpan.Zero));
        Assert.Null(BusinessTime.Subtract(hours, Utc(2024, 1, 1), TimeSpan.FromMinutes(1)));
        Assert.Null(BusinessTime.AddDays(hours, Utc(2024, 1, 1), 1));
        Assert.Equal(TimeSpan.Zero, BusinessTime.Between(hours, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
    }

    [Fact]
    public void An_amount_beyond_the_horizon_is_never_due()
    {
        var aMinuteAWeek = new BusinessHours(DateTimeZone.Utc, [new WeeklyShift(0, 0, 1)]);
        Assert.Null(BusinessTime.Add(aMinuteAWeek, Utc(2024, 1, 1), TimeSpan.FromMinutes(6_000)));
        Assert.Null(BusinessTime.Add(BusinessHours.Always, Utc(2024, 1, 1), TimeSpan.MaxValue));
        Assert.Null(BusinessTime.AddDays(aMinuteAWeek, Utc(2024, 1, 1), int.MaxValue));
        Assert.Null(BusinessTime.AddDays(aMinuteAWeek, Utc(2024, 1, 1), int.MinValue));
        Assert.Null(BusinessTime.Add(BusinessHours.Always, DateTimeOffset.MaxValue, TimeSpan.FromDays(30)));
        Assert.Equal(Utc(2043, 3, 2).AddMinutes(1), BusinessTime.Add(aMinuteAWeek, Utc(2024, 1, 1), TimeSpan.FromMinutes(1_001)));
    }

    [Fact]
    public void A_night_shift_loses_the_hour_that_the_clocks_skip_and_gains_the_one_they_repeat()
    {
        var nights = new BusinessHours(DateTimeZoneProviders.Tzdb["Europe/Berlin"], [.. Enumerable.Range(0, 7).Select(day => new WeeklyShift(day, 22 * 60, 6 * 60))]);
        Assert.Equal(7, BusinessTime.Between(nights, Utc(2024, 3, 30).AddHours(12), Utc(2024, 3, 31).AddHours(12)).TotalHours);
        Assert.Equal(9, BusinessTime.Between(nights, Utc(2024, 10, 26).AddHours(12), Utc(2024, 10, 27).AddHours(12)).TotalHours);
        Assert.Equal(8, BusinessTime.Between(nights, Utc(2024, 7, 26).AddHours(12), Utc(2024, 7, 27).AddHours(12)).TotalHours);
    }

    private static DateTimeOffset Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);

    private static LocalDate DateOf(DateTimeOffset time) => LocalDate.FromDateTime(time.UtcDateTime);

    private sealed record Trial(
        string Zone, DateTimeOffset From, int Length, int Amount, IReadOnlyList<WeeklyShift> Shifts, IReadOnlyList<LocalDate> Holidays, IReadOnlyList<DatedClosure> Closures)
    {
        public BusinessHours Hours { get; } = new(DateTimeZoneProviders.Tzdb[Zone], Shifts, Holidays, Closures);

        private TimeZoneInfo SystemZone { get; } = TimeZoneInfo.FindSystemTimeZoneById(Zone);

        /// <summary>Whether each minute is open, going forward.</summary>
        public IEnumerable<bool> Open(DateTimeOffset from)
        {
            for (var at = from; ; at = at.AddMinutes(1)) yield return IsOpen(at);
        }

        /// <summary>Where the amount is used up when going by minutes, 30 days at most.</summary>
        public DateTimeOffset? Walk(int direction)
        {
            var left = Amount;
            var at = From;
            for (var i = 0; i <= 31 * 1440; i++)
            {
                var minute = direction > 0 ? at : at.AddMinutes(-1);
                if (left == 0 && (Amount > 0 || IsOpen(minute))) return at;
                if (IsOpen(minute)) left--;
                at = at.AddMinutes(direction);
            }
            return null;
        }

        private bool IsOpen(DateTimeOffset at)
        {
            var local = TimeZoneInfo.ConvertTime(at, SystemZone).DateTime;
            var date = LocalDate.FromDateTime(local);
            var minute = (int)local.TimeOfDay.TotalMinutes;
            if (Holidays.Contains(date) || Closures.Any(c => c.Date == date && c.From <= minute && minute < c.To)) return false;
            var today = (int)date.DayOfWeek - 1;
            return Shifts.Any(s => s.From < s.To
                ? s.Day == today && s.From <= minute && minute < s.To
                : (s.Day == today && minute >= s.From) || ((s.Day + 1) % 7 == today && minute < s.To));
        }
    }
}
