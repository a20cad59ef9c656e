using NodaTime;

namespace Crm.Service;

/// <summary>
/// When a company works, by the wall clock of its zone. A moment is open when its local time lies in an opening of its local
/// date; so an hour that the clocks repeat counts twice, and one that they skip does not count.
/// </summary>
/// <remarks>
/// A shift that ends at or before its beginning goes on after midnight. A holiday closes the whole local date, the end of a night
/// shift that began the evening before included. Shifts that overlap count once.
/// </remarks>
public sealed class BusinessHours
{
    private const int Midnight = 24 * 60;

    private readonly Opening[][] _week;
    private readonly Dictionary<LocalDate, Opening[]> _exceptions = [];

    /// <param name="shifts">Empty: never open.</param>
    /// <param name="closures">Times of single dates that are closed although a shift covers them.</param>
    public BusinessHours(
        DateTimeZone zone,
        IReadOnlyList<WeeklyShift> shifts,
        IEnumerable<LocalDate>? holidays = null,
        IEnumerable<DatedClosure>? closures = null)
    {
        Zone = zone;
        _week = [.. Enumerable.Range(0, 7).Select(day => Merge(shifts.SelectMany(s => s.On(day))))];
        foreach (var date in (closures ?? []).GroupBy(c => c.Date))
            _exceptions[date.Key] = date.Aggregate(OfWeek(date.Key), (open, closure) => Without(open, closure.From, closure.To));
        foreach (var holiday in holidays ?? []) _exceptions[holiday] = [];
    }

    /// <summary>Open at every moment.</summary>
    public static BusinessHours Always { get; } =
        new(DateTimeZone.Utc, [.. Enumerable.Range(0, 7).Select(day => new WeeklyShift(day, 0, Midnight))]);

    public DateTimeZone Zone { get; }

    /// <summary>No weekday has an opening: nothing is ever due.</summary>
    public bool IsNeverOpen => _week.All(day => day.Length == 0);

    /// <summary>Openings of a local date, in order, apart from each other.</summary>
    public IReadOnlyList<Opening> On(LocalDate date) => _exceptions.TryGetValue(date, out var openings) ? openings : OfWeek(date);

    private Opening[] OfWeek(LocalDate date) => _week[(int)date.DayOfWeek - 1];

    private static Opening[] Merge(IEnumerable<Opening> openings)
    {
        var merged = new List<Opening>();
        foreach (var next in openings.OrderBy(o => o.From))
        {
            if (merged.Count > 0 && next.From <= merged[^1].To) merged[^1] = new Opening(merged[^1].From, Math.Max(merged[^1].To, next.To));
            else merged.Add(next);
        }
        return [.. merged];
    }

    private static Opening[] Without(Opening[] openings, int from, int to) =>
    [
        .. openings
            .SelectMany(o => new[] { new Opening(o.From, Math.Min(o.To, from)), new Opening(Math.Max(o.From, to), o.To) })
            .Where(o => o.From < o.To),
    ];
}

/// <summary>Minutes since local midnight; <paramref name="To"/> is exclusive and at most 1440.</summary>
public readonly record struct Opening(int From, int To);

/// <param name="Day">0 is Monday.</param>
/// <param name="From">Minutes since midnight, below 1440.</param>
/// <param name="To">Exclusive, at most 1440; at or before <paramref name="From"/> it means the next day.</param>
public readonly record struct WeeklyShift(int Day, int From, int To)
{
    /// <summary>The part of the shift that lies on a weekday.</summary>
    public IEnumerable<Opening> On(int day)
    {
        var overnight = To <= From;
        if (day == Day) yield return new Opening(From, overnight ? 24 * 60 : To);
        if (overnight && To > 0 && day == (Day + 1) % 7) yield return new Opening(0, To);
    }
}

/// <summary>Minutes since local midnight of one date.</summary>
public readonly record struct DatedClosure(LocalDate Date, int From, int To);
