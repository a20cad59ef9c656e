using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Ports;
using FluentValidation;

namespace Crm.Marketing.Events;

/// <summary>
/// An event that its type does not allow. One that was posted is kept whole, and no activity yet; of a sender's the activity stays,
/// and only what is wrong with it is kept. Its id is the id of the activity that it is or would become.
/// </summary>
public sealed record FailedEvent
{
    private const int Buckets = 16;

    public required string Id { get; init; }

    /// <summary>Spread over partitions: there may be many.</summary>
    public required string Kind { get; init; }

    public required string Type { get; init; }

    /// <summary><c>api</c>, or the sender's provider.</summary>
    public required string Origin { get; init; }

    public required FailedEventState State { get; init; }

    public required FailureReason Reason { get; init; }

    /// <summary>Pointers into the event; of a sender's, <c>/properties/...</c> into its properties.</summary>
    public required IReadOnlyList<FieldError> Errors { get; init; }

    /// <summary>Of the schema that it was last held against.</summary>
    public int? TypeVersion { get; init; }

    /// <summary>As it was posted, or corrected; null of a sender's.</summary>
    public EventFields? Event { get; init; }

    /// <summary>Whose it is, once there is an activity.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Why it was discarded.</summary>
    public string? DiscardReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Null for what cannot be an activity's id.</summary>
    public static DocumentKey? KeyOf(string id) =>
        id.Length == 32 && id.All(char.IsAsciiLetterOrDigit) ? new DocumentKey(Containers.Catalog, KindOf(id), id) : null;

    public static string KindOf(string id) => FormattableString.Invariant($"failed-event.{id[^1] % Buckets:x}");
}

public enum FailedEventState
{
    Open,

    /// <summary>It fits by now; a posted one has become its activity.</summary>
    Replayed,

    Discarded,
}

/// <param name="Event">Corrected; null tries it as it is.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FailedEventReplay(EventFields? Event = null);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FailedEventDiscard(string? Reason = null)
{
    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<FailedEventDiscard>
    {
        public Rules() => RuleFor(d => d.Reason).NotEmpty().MaximumLength(500);
    }
}
