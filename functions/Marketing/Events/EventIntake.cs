using Crm.Kernel;
using Crm.Model;

namespace Crm.Marketing.Events;

/// <summary>
/// Posted events, and failed ones that are tried again: an activity, or kept with what is wrong. An event is settled by its id, so
/// that a repeat changes nothing.
/// </summary>
public sealed class EventIntake(KnownEventTypes types, FailedEvents failed, ITakesInEvents takeIn, CrmSettings settings, TimeProvider clock)
{
    private const int Tries = 10;

    /// <summary>An event that is sound by itself (<see cref="EventFields.Fault"/>).</summary>
    public async Task<EventOutcome> TakeIn(EventFields e, CancellationToken token)
    {
        if (await takeIn.Find(e.Id!, token) is { } earlier)
        {
            await Settle(earlier, token);
            return new EventOutcome.Taken(earlier, IsNew: false);
        }
        var now = clock.GetUtcNow();
        var (verdict, taken) = await Judge(e, now, token);
        if (taken is null) return new EventOutcome.Kept(await failed.Keep(Failure(e, verdict!, now), token));
        await Settle(taken, token);
        return new EventOutcome.Taken(taken, IsNew: true);
    }

    /// <summary>Tries a failed event again: replayed, still open with what is wrong now, or refused.</summary>
    public async Task<Outcome<FailedEvent>> Replay(string id, EventFields? corrected, CancellationToken token)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await failed.Find(id, token) is not { } stored) return Problems.NotFound("There is no such failed event.");
            switch (stored.Value.State)
            {
                case FailedEventState.Replayed:
                    await failed.List(stored.Value, stored.Value.Type, token);
                    return stored.Value;
                case FailedEventState.Discarded:
                    return Problems.Conflict("This event was discarded.");
            }
            if (Fault(stored.Value, corrected) is { } fault) return fault;
            var after = await Again(stored.Value, corrected, token);
            if (after is null) return Problems.Conflict("The sender has no such event any more.");
            if (await failed.Write(stored, after, token) is { } written) return written;
        }
        return Problems.Conflict("Others change this event all the time. Read it and try again.");
    }

    private static Problem? Fault(FailedEvent one, EventFields? corrected)
    {
        if (corrected is null) return null;
        if (one.Event is null) return Problems.Invalid(FieldError.At("/event", "expected none: what a sender sent stays as it is"));
        if (corrected.Fault() is { } fault) return fault with { Errors = [.. fault.Errors!.Select(e => e with { Pointer = "/event" + e.Pointer })] };
        return corrected.Id == one.Event.Id ? null : Problems.Invalid(FieldError.At("/event/id", "expected the id as it was: another id is another event"));
    }

    private async Task<FailedEvent?> Again(FailedEvent one, EventFields? corrected, CancellationToken token)
    {
        var now = clock.GetUtcNow();
        if (one.Event is not { } kept) return await AgainOfSender(one, now, token);
        var e = corrected ?? kept;
        var taken = await takeIn.Find(e.Id!, token);
        EventVerdict? verdict = null;
        if (taken is null) (verdict, taken) = await Judge(e, one.CreatedAt, token);
        var after = one with { Type = e.Type!, Event = e, ChangedAt = now };
        return taken is null
            ? after with { Reason = verdict!.Reason, Errors = verdict.Errors, TypeVersion = verdict.TypeVersion }
            : after with { State = FailedEventState.Replayed, CustomerId = taken.CustomerId };
    }

    private async Task<FailedEvent?> AgainOfSender(FailedEvent one, DateTimeOffset now, CancellationToken token)
    {
        if (await failed.ActivityOf(one, token) is not { } activity) return null;
        var type = await types.Find(one.Type, token);
        return type?.Schema?.Faults(SentEvent.PropertiesOf(activity), "/properties") is { Count: > 0 } faults
            ? one with { Errors = faults, TypeVersion = type.Version, ChangedAt = now }
            : one with { State = FailedEventState.Replayed, ChangedAt = now };
    }

    /// <summary>Either what is wrong, or what became of it.</summary>
    private async Task<(EventVerdict? Verdict, TakenEvent? Taken)> Judge(EventFields e, DateTimeOffset receivedAt, CancellationToken token)
    {
        if (EventVerdict.Of(e, await types.Find(e.Type!, token), settings.RefuseUnknownEvents) is { } verdict) return (verdict, null);
        var taken = await takeIn.TakeIn(e.Posted(receivedAt), token);
        return taken is null ? (EventVerdict.NoCustomer(e), null) : (null, taken);
    }

    /// <summary>An event that failed before and was posted again, corrected, is open no longer.</summary>
    private async Task Settle(TakenEvent taken, CancellationToken token)
    {
        while (await failed.Find(taken.ActivityId, token) is { Value.State: FailedEventState.Open } open)
        {
            if (await failed.Write(open, open.Value with { State = FailedEventState.Replayed, CustomerId = taken.CustomerId, ChangedAt = clock.GetUtcNow() }, token) is not null) return;
        }
    }

    private FailedEvent Failure(EventFields e, EventVerdict verdict, DateTimeOffset now)
    {
        var id = takeIn.ActivityIdOf(e.Id!);
        return new FailedEvent
        {
            Id = id,
            Kind = FailedEvent.KindOf(id),
            Type = e.Type!,
            Origin = "api",
            State = FailedEventState.Open,
            Reason = verdict.Reason,
            Errors = verdict.Errors,
            TypeVersion = verdict.TypeVersion,
            Event = e,
            CreatedAt = now,
            ChangedAt = now,
        };
    }
}

/// <summary>What became of a posted event.</summary>
public abstract record EventOutcome
{
    private EventOutcome() { }

    /// <param name="IsNew">False: this id was taken in before.</param>
    public sealed record Taken(TakenEvent Event, bool IsNew) : EventOutcome;

    public sealed record Kept(FailedEvent Event) : EventOutcome
    {
        /// <summary>422, with the place where it is kept.</summary>
        public Problem Problem() => new(422, "/problems/event-kept-as-failed", "The event is not taken in; it is kept.", $"See errors for what does not fit, and /api/failed-events/{Event.Id} to correct it or to try it again.")
        {
            Errors = Event.Errors,
            Headers = new Dictionary<string, string> { ["Location"] = $"/api/failed-events/{Event.Id}" },
        };
    }
}
