using NodaTime;

namespace Crm.Service;

/// <summary>
/// Reckons with time in which a company works. Instants are exact; the result of adding is null where no moment within
/// <see cref="HorizonYears"/> fulfils it (a calendar that is never open, or an amount beyond all reason).
/// </summary>
public static class BusinessTime
{
    /// <summary>Adding looks no further.</summary>
    public const int HorizonYears = 100;

    private static readonly Instant First = Instant.FromUtc(1, 1, 3, 0, 0);
    private static readonly Instant Last = Instant.FromUtc(9999, 12, 28, 0, 0);
    private static readonly Duration Horizon = Duration.FromDays(366 * HorizonYears);

    /// <summary>
    /// The moment at which <paramref name="amount"/> of open time has gone by. An amount of nothing is the next open moment; an
    /// amount that ends with an opening ends then, not at the beginning of the next.
    /// </summary>
    /// <param name="amount">Not negative.</param>
    public static DateTimeOffset? Add(BusinessHours hours, DateTimeOffset from, TimeSpan amount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(amount, TimeSpan.Zero);
        var left = Duration.FromTimeSpan(amount);
        var begin = Within(from);
        foreach (var (start, end) in Forward(hours, begin, begin > Last - Horizon ? Last : begin + Horizon))
        {
            if (left <= end - start) return (start + left).ToDateTimeOffset();
            left -= end - start;
        }
        return null;
    }

    /// <summary>The same backwards: an amount of nothing is the end of the opening before.</summary>
    /// <param name="amount">Not negative.</param>
    public static DateTimeOffset? Subtract(BusinessHours hours, DateTimeOffset from, TimeSpan amount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(amount, TimeSpan.Zero);
        var left = Duration.FromTimeSpan(amount);
        var begin = Within(from);
        foreach (var (start, end) in Backward(hours, begin, begin < First + Horizon ? First : begin - Horizon))
        {
            if (left <= end - start) return (end - left).ToDateTimeOffset();
            left -= end - start;
        }
        return null;
    }

    /// <summary>
    /// Business days: from the next open moment to the same time of day on the day that is <paramref name="days"/> days with an
    /// opening later (earlier when negative), and from there to the next (the last) open moment.
    /// </summary>
    public static DateTimeOffset? AddDays(BusinessHours hours, DateTimeOffset from, int days)
    {
        var forward = days >= 0;
        if ((forward ? Add(hours, from, TimeSpan.Zero) : Subtract(hours, from, TimeSpan.Zero)) is not { } begin) return null;
        var local = Instant.FromDateTimeOffset(begin).InZone(hours.Zone).LocalDateTime;
        var date = local.Date;
        var begun = Instant.FromDateTimeOffset(begin);
        var limit = (forward ? (begun > Last - Horizon ? Last : begun + Horizon) : begun < First + Horizon ? First : begun - Horizon).InUtc().Date;
        for (var left = Math.Abs((long)days); left > 0;)
        {
            if (date == limit) return null;
            date = date.PlusDays(forward ? 1 : -1);
            if (hours.On(date).Count > 0) left--;
        }
        var there = date.At(local.TimeOfDay).InZoneLeniently(hours.Zone).ToDateTimeOffset();
        return forward ? Add(hours, there, TimeSpan.Zero) : Subtract(hours, there, TimeSpan.Zero);
    }

    /// <summary>Open time from one moment to another; nothing when they are the other way round.</summary>
    public static TimeSpan Between(BusinessHours hours, DateTimeOffset from, DateTimeOffset to)
    {
        var sum = Duration.Zero;
        foreach (var (start, end) in Forward(hours, Within(from), Within(to))) sum += end - start;
        return sum.ToTimeSpan();
    }

    /// <summary>What is open from one moment to another; openings that touch are one.</summary>
    public static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Openings(BusinessHours hours, DateTimeOffset from, DateTimeOffset to)
    {
        (Instant Start, Instant End)? held = null;
        foreach (var next in Forward(hours, Within(from), Within(to)))
        {
            if (held is { } h && h.End == next.Start)
            {
                held = (h.Start, next.End);
                continue;
            }
            if (held is { } done) yield return (done.Start.ToDateTimeOffset(), done.End.ToDateTimeOffset());
            held = next;
        }
        if (held is { } rest) yield return (rest.Start.ToDateTimeOffset(), rest.End.ToDateTimeOffset());
    }

    private static Instant Within(DateTimeOffset time) => Instant.Max(First, Instant.Min(Last, Instant.FromDateTimeOffset(time)));

    /// <summary>Within a stretch of one offset a local date is a plain stretch of instants; a clock change begins the next stretch.</summary>
    private static IEnumerable<(Instant Start, Instant End)> Forward(BusinessHours hours, Instant from, Instant to)
    {
        if (hours.IsNeverOpen) yield break;
        while (from < to)
        {
            var stretch = hours.Zone.GetZoneInterval(from);
            var until = stretch.HasEnd ? Instant.Min(stretch.End, to) : to;
            for (var date = from.WithOffset(stretch.WallOffset).Date; ; date = date.PlusDays(1))
            {
                var midnight = date.AtMidnight().WithOffset(stretch.WallOffset).ToInstant();
                if (midnight >= until) break;
                foreach (var opening in hours.On(date))
                {
                    var start = Instant.Max(from, midnight + Duration.FromMinutes(opening.From));
                    var end = Instant.Min(until, midnight + Duration.FromMinutes(opening.To));
                    if (start < end) yield return (start, end);
                }
            }
            from = until;
        }
    }

    private static IEnumerable<(Instant Start, Instant End)> Backward(BusinessHours hours, Instant from, Instant to)
    {
        if (hours.IsNeverOpen) yield break;
        while (from > to)
        {
            var stretch = hours.Zone.GetZoneInterval(from - Duration.Epsilon);
            var until = stretch.HasStart ? Instant.Max(stretch.Start, to) : to;
            for (var date = (from - Duration.Epsilon).WithOffset(stretch.WallOffset).Date; ; date = date.PlusDays(-1))
            {
                var midnight = date.AtMidnight().WithOffset(stretch.WallOffset).ToInstant();
                var openings = hours.On(date);
                for (var i = openings.Count - 1; i >= 0; i--)
                {
                    var start = Instant.Max(until, midnight + Duration.FromMinutes(openings[i].From));
                    var end = Instant.Min(from, midnight + Duration.FromMinutes(openings[i].To));
                    if (start < end) yield return (start, end);
                }
                if (midnight <= until) break;
            }
            from = until;
        }
    }
}
