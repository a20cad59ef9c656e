using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Communications;

/// <summary>
/// One message of a conversation, or a note beside them, in the customer's partition. Made from an activity, which keeps the whole
/// text and the sender's own data.
/// </summary>
public sealed record Message
{
    public const string KindName = "message";
    public const string NoteKind = "note";

    private const int MaxText = 20_000;

    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public string Kind { get; init; } = KindName;

    public required string ConversationId { get; init; }

    /// <summary>Conversation, time and id: what a conversation's messages are listed by.</summary>
    public required string ThreadAt { get; init; }

    /// <summary>Null for a note.</summary>
    public string? ActivityId { get; init; }

    public required Direction Direction { get; init; }

    public required Channel Channel { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When we had it: a message may be long on its way.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    public Party? From { get; init; }

    public IReadOnlyList<Party> To { get; init; } = [];

    public IReadOnlyList<Party> Cc { get; init; } = [];

    public string? Subject { get; init; }

    /// <summary>What the person wrote, without quotation and signature, at most 20,000 characters; the activity has it all.</summary>
    public string? Text { get; init; }

    public bool TextIsCut { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Why nobody wrote it by hand; null for a person's message.</summary>
    public Automation? Automation { get; init; }

    /// <summary>How far it got; null for one that came in.</summary>
    public DeliveryStatus? Delivery { get; init; }

    public DateTimeOffset? DeliveryAt { get; init; }

    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>The sender took it back: the text is gone from here.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>It says that it answers a message of another customer's.</summary>
    public ClaimedAnswer? Answers { get; init; }

    /// <summary>Who wrote a note.</summary>
    public string? Author { get; init; }

    /// <summary>A note stands in the timeline by itself; a message does as its activity.</summary>
    public DateTimeOffset? TimelineAt { get; init; }

    [JsonIgnore]
    public DocumentKey Key => new(Containers.Customers, CustomerId, Id);

    public static string IdOf(string customerId, string activityId) => $"{customerId}.message.{activityId}";

    /// <summary>Null for an id that no message can have.</summary>
    public static DocumentKey? KeyOf(string id) => Conversation.PartOf(id, ".message.");

    public static string ThreadPrefix(string conversationId) => conversationId + "~";

    public static string ThreadAtOf(string conversationId, DateTimeOffset at, string id) => $"{ThreadPrefix(conversationId)}{UtcTimestamps.Text(at)}~{id}";

    public static Message Of(Activity activity, string conversationId, ClaimedAnswer? answers)
    {
        var id = IdOf(activity.CustomerId, activity.Id);
        var text = activity.Mail?.StrippedText ?? activity.Text;
        // A sender's clock that is ahead does not count: what is closed now would stay open until then.
        var at = activity.OccurredAt < activity.ReceivedAt ? activity.OccurredAt : activity.ReceivedAt;
        return new Message
        {
            Id = id,
            CustomerId = activity.CustomerId,
            ConversationId = conversationId,
            ThreadAt = ThreadAtOf(conversationId, at, id),
            ActivityId = activity.Id,
            Direction = activity.Direction,
            Channel = activity.Channel,
            At = at,
            ReceivedAt = activity.ReceivedAt,
            From = activity.From,
            To = activity.To,
            Cc = activity.Mail?.Cc ?? [],
            Subject = activity.Subject,
            Text = Cut(text),
            TextIsCut = text?.Length > MaxText,
            Attachments = activity.Attachments,
            Automation = activity.Mail?.Automation ?? (activity.Type == "message.auto-replied" ? Model.Automation.AutoReply : null),
            Delivery = activity.Direction == Direction.Outbound ? DeliveryStatus.Sent : null,
            DeliveryAt = activity.Direction == Direction.Outbound ? at : null,
            Answers = answers,
        };
    }

    public static Message Note(Conversation conversation, string id, string text, string author, DateTimeOffset now)
    {
        var noteId = IdOf(conversation.CustomerId, id);
        return new Message
        {
            Id = noteId,
            CustomerId = conversation.CustomerId,
            Kind = NoteKind,
            ConversationId = conversation.Id,
            ThreadAt = ThreadAtOf(conversation.Id, now, noteId),
            Direction = Direction.Internal,
            Channel = conversation.Channel,
            At = now,
            Subject = conversation.Subject,
            Text = text,
            Author = author,
            TimelineAt = now,
        };
    }

    /// <summary>With what became known of it; the same whichever fact comes first.</summary>
    public Message With(MessageFacts facts)
    {
        var further = facts.Status is { } status && Direction != Direction.Inbound && (Delivery is null || status > Delivery);
        var edited = facts.Edit is { } edit && (EditedAt is null || edit.At > EditedAt);
        var gone = DeletedAt ?? facts.DeletedAt;
        return this with
        {
            Delivery = further ? facts.Status : Delivery,
            DeliveryAt = further ? facts.StatusAt : DeliveryAt,
            Text = gone is not null ? null : edited ? Cut(facts.Edit!.Text) : Text,
            EditedAt = edited ? facts.Edit!.At : EditedAt,
            DeletedAt = gone,
        };
    }

    public Message MovedTo(string conversationId) => this with { ConversationId = conversationId, ThreadAt = ThreadAtOf(conversationId, At, Id) };

    private static string? Cut(string? text) =>
        text is null || text.Length <= MaxText ? text : text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)];
}

/// <param name="IsParticipant">Whether the sender took part in that message. If not, anybody may have copied its Message-ID.</param>
public sealed record ClaimedAnswer(string CustomerId, string MessageId, bool IsParticipant);
