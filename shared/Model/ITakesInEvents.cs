using System.Text.Json;

namespace Crm.Model;

/// <summary>Turns an event that the company's own tools posted into an activity. Channels answers.</summary>
public interface ITakesInEvents
{
    /// <summary>The id of the activity that an event of this id is or becomes.</summary>
    string ActivityIdOf(string eventId);

    /// <summary>The activity that the event became earlier; null when it is new.</summary>
    ValueTask<TakenEvent?> Find(string eventId, CancellationToken token);

    /// <summary>Durable when it returns; the same id taken in twice is one activity. Null when there is no such customer.</summary>
    ValueTask<TakenEvent?> TakeIn(PostedEvent posted, CancellationToken token);
}

/// <summary>What an event became.</summary>
public sealed record TakenEvent(string ActivityId, string CustomerId);

/// <summary>One event as it was posted, sound by itself. Exactly one of <see cref="CustomerId"/> and <see cref="Customer"/> says whose it is.</summary>
public sealed record PostedEvent
{
    /// <summary>The caller's own: the same id is the same event.</summary>
    public required string Id { get; init; }

    public required string Type { get; init; }

    public string? CustomerId { get; init; }

    public Identity? Customer { get; init; }

    /// <summary>What to call a new customer.</summary>
    public string? CustomerName { get; init; }

    /// <summary>Null, or more than a day ahead: the time of receipt stands in.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public Channel Channel { get; init; } = Channel.Other;

    public Engagement? Engagement { get; init; }

    /// <summary>An object.</summary>
    public JsonElement? Properties { get; init; }
}
