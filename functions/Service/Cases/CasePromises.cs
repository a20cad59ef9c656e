namespace Crm.Service;

public enum PromiseKind
{
    FirstResponse,
    NextResponse,
    Resolution,
}

public enum PromiseState
{
    /// <summary>The clock runs.</summary>
    Running,

    /// <summary>The clock runs, and less than the policy's share is left.</summary>
    AtRisk,

    /// <summary>The clock stands still.</summary>
    Paused,

    /// <summary>Kept in time.</summary>
    Met,

    /// <summary>The time is used up; <see cref="Promise.MetAt"/> tells whether it was done later.</summary>
    Breached,

    /// <summary>The calendar has no open time before the horizon: nothing is ever due.</summary>
    Never,
}

/// <summary>How one promise of one case stands.</summary>
/// <param name="DueAt">Null while paused, and where nothing is ever due.</param>
/// <param name="UsedMinutes">Minutes of the calendar that have gone by, pauses left out, rounded down.</param>
public sealed record Promise(PromiseKind Kind, PromiseState State, int TargetMinutes, int UsedMinutes, DateTimeOffset? DueAt, DateTimeOffset? MetAt);

/// <summary>What a policy promises for a case, and how it stands at a moment.</summary>
public static class CasePromises
{
    public static IReadOnlyList<Promise> Of(SlaPolicy policy, SlaTarget target, BusinessHours hours, CaseCourse course, DateTimeOffset now)
    {
        var promises = new List<Promise>(3);
        if (target.FirstResponseMinutes is { } first)
            promises.Add(One(PromiseKind.FirstResponse, first, [], course.OpenedAt, course.FirstResponseAt ?? Merged(course)));
        if (target.NextResponseMinutes is { } next && course.FirstResponseAt is not null && course.WaitingSince is { } waiting && course.EndedAt is null)
            promises.Add(One(PromiseKind.NextResponse, next, [], waiting, null));
        if (target.ResolutionMinutes is { } resolution)
            promises.Add(One(PromiseKind.Resolution, resolution, Pauses(course, policy.PauseOn), course.OpenedAt, course.EndedAt));
        return promises;

        Promise One(PromiseKind kind, int minutes, IReadOnlyList<Pause> pauses, DateTimeOffset from, DateTimeOffset? metAt)
        {
            var amount = TimeSpan.FromMinutes(minutes);
            var until = metAt ?? (now > from ? now : from);
            var used = PausedTime.Between(hours, pauses, from, until);
            var due = PausedTime.Due(hours, pauses, from, amount);
            var isPaused = pauses.Count > 0 && pauses[^1].To is null;
            var state =
                metAt is { } met && due is { } limit ? (met <= limit ? PromiseState.Met : PromiseState.Breached)
                : metAt is not null ? PromiseState.Met
                : due is { } d && d <= now ? PromiseState.Breached
                : isPaused ? PromiseState.Paused
                : due is null ? PromiseState.Never
                : (amount - used).Ticks * 100.0 < amount.Ticks * (double)policy.AtRiskPercent ? PromiseState.AtRisk
                : PromiseState.Running;
            return new Promise(kind, state, minutes, (int)Math.Min(int.MaxValue, used.TotalMinutes), due, metAt);
        }
    }

    /// <summary>Stretches in one of the states, or after the end: time after it is solved is nobody's.</summary>
    public static IReadOnlyList<Pause> Pauses(CaseCourse course, IReadOnlyList<CaseState> states)
    {
        var pauses = new List<Pause>();
        for (var i = 0; i < course.Stages.Count; i++)
        {
            var (state, since) = course.Stages[i];
            if (!states.Contains(state) && !CaseCourse.IsEnd(state)) continue;
            DateTimeOffset? to = i + 1 < course.Stages.Count ? course.Stages[i + 1].Since : null;
            if (pauses.Count > 0 && pauses[^1].To == since) pauses[^1] = pauses[^1] with { To = to };
            else pauses.Add(new Pause(since, to));
        }
        return pauses;
    }

    /// <summary>A case that was closed unanswered needs no answer any more.</summary>
    private static DateTimeOffset? Merged(CaseCourse course) => course.State == CaseState.Closed ? course.EndedAt : null;
}
