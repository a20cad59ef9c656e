namespace Crm.Service;

/// <summary>Minutes by the clock on the wall, and of open time.</summary>
/// <param name="BusinessMinutes">Of the calendar of the case's policy; without one every hour counts.</param>
public sealed record Elapsed(int CalendarMinutes, int BusinessMinutes);

/// <summary>
/// The figures of one case. First response: from the opening to the first answer of a person. Full resolution: from the opening
/// to the last time it was solved; null while it is open. Working time: the resolution without the policy's pauses and without
/// the time that it lay solved before it was reopened.
/// </summary>
public sealed record CaseMetrics(Elapsed? FirstResponse, Elapsed? FullResolution, Elapsed? WorkingTime, int Reopens)
{
    /// <param name="pauseOn">The states in which the policy's clock stands still.</param>
    public static CaseMetrics Of(CaseCourse course, BusinessHours hours, IReadOnlyList<CaseState> pauseOn)
    {
        var first = course.FirstResponseAt is { } answered ? Between([], answered) : null;
        if (course.EndedAt is not { } ended) return new CaseMetrics(first, null, null, course.Reopens);
        return new CaseMetrics(first, Between([], ended), Between(CasePromises.Pauses(course, pauseOn), ended), course.Reopens);

        Elapsed Between(IReadOnlyList<Pause> pauses, DateTimeOffset to) => new(
            (int)PausedTime.Between(BusinessHours.Always, pauses, course.OpenedAt, to).TotalMinutes,
            (int)PausedTime.Between(hours, pauses, course.OpenedAt, to).TotalMinutes);
    }
}
