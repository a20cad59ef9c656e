using Crm.Model;

namespace Crm.Reports;

/// <summary>Which days need a daily report now.</summary>
public static class DueReports
{
    /// <summary>Days missed longer ago are made on request only.</summary>
    public const int LookBackDays = 7;

    /// <summary>Late data of this many days makes new revisions.</summary>
    public const int LateDays = 3;

    /// <summary>The day's last events may still be on their way when it ends.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(15);

    /// <param name="made">Days that have a run.</param>
    public static IReadOnlyList<DateOnly> At(DateTimeOffset now, Company company, IReadOnlySet<DateOnly> made)
    {
        var last = company.DayOf(now - Settling).AddDays(-1);
        var missing = Enumerable.Range(0, LookBackDays).Select(i => last.AddDays(-i)).Where(d => !made.Contains(d)).ToList();
        // The tick that makes yesterday's report looks again at the days before it.
        var again = missing.Contains(last) ? Enumerable.Range(1, LateDays).Select(i => last.AddDays(-i)).Where(made.Contains) : [];
        return [.. missing.Concat(again).Distinct().Order()];
    }
}
