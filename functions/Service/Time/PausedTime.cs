namespace Crm.Service;

/// <summary>A stretch in which a clock stands still; without an end it still does.</summary>
public readonly record struct Pause(DateTimeOffset From, DateTimeOffset? To);

/// <summary>Business time with stretches left out.</summary>
public static class PausedTime
{
    /// <summary>Open time from one moment to another, without the pauses.</summary>
    public static TimeSpan Between(BusinessHours hours, IReadOnlyList<Pause> pauses, DateTimeOffset from, DateTimeOffset to)
    {
        var sum = TimeSpan.Zero;
        foreach (var (begin, end) in Running(pauses, from))
        {
            if (begin >= to) break;
            sum += BusinessTime.Between(hours, begin, end < to ? end.Value : to);
        }
        return sum;
    }

    /// <summary>When the amount is used up; null while a pause without end stands before it, or when the calendar never gets there.</summary>
    public static DateTimeOffset? Due(BusinessHours hours, IReadOnlyList<Pause> pauses, DateTimeOffset from, TimeSpan amount)
    {
        foreach (var (begin, end) in Running(pauses, from))
        {
            if (end is not { } stop) return BusinessTime.Add(hours, begin, amount);
            var open = BusinessTime.Between(hours, begin, stop);
            if (amount <= open) return BusinessTime.Add(hours, begin, amount);
            amount -= open;
        }
        return null;
    }

    /// <summary>The stretches between the pauses.</summary>
    /// <param name="pauses">In order, apart from each other.</param>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset? To)> Running(IReadOnlyList<Pause> pauses, DateTimeOffset from)
    {
        foreach (var pause in pauses)
        {
            if (pause.To <= from) continue;
            if (pause.From > from) yield return (from, pause.From);
            if (pause.To is not { } to) yield break;
            from = to;
        }
        yield return (from, null);
    }
}
