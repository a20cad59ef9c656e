using System.Text.Json.Serialization;

namespace Crm.Service;

/// <summary>What the clocks need to know of a case: a summary of its history, kept in the case.</summary>
/// <param name="OpenedAt">When the customer first asked: the time of the message that opened it, or of its creation.</param>
/// <param name="FirstResponseAt">When a person first answered.</param>
/// <param name="WaitingSince">The customer's first message since our last answer; null when we answered last.</param>
/// <param name="Stages">Every state it was in, from <paramref name="OpenedAt"/> on, oldest first; never empty.</param>
/// <param name="Reopens">How often it was taken up again after it had been solved or closed.</param>
public sealed record CaseCourse(
    DateTimeOffset OpenedAt, DateTimeOffset? FirstResponseAt, DateTimeOffset? WaitingSince, IReadOnlyList<CaseStage> Stages, int Reopens)
{
    public static CaseCourse Begin(DateTimeOffset openedAt, CaseState state) => new(openedAt, null, openedAt, [new CaseStage(state, openedAt)], 0);

    [JsonIgnore]
    public CaseState State => Stages[^1].State;

    /// <summary>When it was solved or closed, as long as it is.</summary>
    public DateTimeOffset? EndedAt
    {
        get
        {
            var i = Stages.Count - 1;
            if (!IsEnd(Stages[i].State)) return null;
            while (i > 0 && IsEnd(Stages[i - 1].State)) i--;
            return Stages[i].Since;
        }
    }

    public static bool IsEnd(CaseState state) => state is CaseState.Solved or CaseState.Closed;

    /// <summary>A state that it is in already changes nothing.</summary>
    public CaseCourse Enter(CaseState state, DateTimeOffset at)
    {
        if (state == State) return this;
        var since = at > Stages[^1].Since ? at : Stages[^1].Since;
        return this with { Stages = [.. Stages, new CaseStage(state, since)], Reopens = Reopens + (IsEnd(State) && !IsEnd(state) ? 1 : 0) };
    }

    /// <summary>A message of the customer: it waits for us, and what was solved or pending is open again.</summary>
    public CaseCourse Asked(DateTimeOffset at)
    {
        var asked = this with { WaitingSince = WaitingSince ?? at };
        return State is CaseState.Solved or CaseState.Pending ? asked.Enter(CaseState.Open, at) : asked;
    }

    /// <summary>An answer of a person.</summary>
    public CaseCourse Answered(DateTimeOffset at)
    {
        var then = at > OpenedAt ? at : OpenedAt;
        return this with { FirstResponseAt = FirstResponseAt is { } first && first <= then ? first : then, WaitingSince = WaitingSince > then ? WaitingSince : null };
    }
}

public sealed record CaseStage(CaseState State, DateTimeOffset Since);
