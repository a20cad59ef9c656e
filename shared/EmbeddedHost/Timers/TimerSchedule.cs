using NCrontab;

namespace Crm.EmbeddedHost;

/// <summary>The slots of an NCRONTAB expression with seconds. All times are UTC.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule schedule;

    private TimerSchedule(CrontabSchedule schedule) => this.schedule = schedule;

    /// <summary>Null when the text is no expression, or none that ever comes true (30 February).</summary>
    public static TimerSchedule? Parse(string text)
    {
        CrontabSchedule? parsed = CrontabSchedule.TryParse(text, new() { IncludingSeconds = true });
        return parsed is null || parsed.GetNextOccurrence(DateTime.UnixEpoch) == DateTime.MaxValue ? null : new(parsed);
    }

    /// <summary>The first slot after the instant.</summary>
    public DateTime Next(DateTime after) => Utc(schedule.GetNextOccurrence(after));

    /// <summary>The last slot in (after, until], or null. Looks back in growing steps: a long downtime may hold millions.</summary>
    public DateTime? Latest(DateTime after, DateTime until)
    {
        for (TimeSpan step = TimeSpan.FromMinutes(1); after < until; step *= 4)
        {
            DateTime from = until - after > step ? until - step : after;
            DateTime? last = null;
            foreach (DateTime slot in schedule.GetNextOccurrences(from, until.AddTicks(1))) last = slot;
            if (last is { } found) return Utc(found);
            if (from == after) return null;
        }

        return null;
    }

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
