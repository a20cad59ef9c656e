using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Communications;

/// <summary>
/// Messages with one customer that belong together, in the customer's partition. The id is the customer's and the first message's
/// that arrived: it says where the document lies. Who waits for whom follows from times, not from the order of arrival.
/// </summary>
public sealed record Conversation
{
    public const string KindName = "conversation";

    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public string Kind { get; init; } = KindName;

    /// <summary>Of the earliest message that has one, unless somebody gave another.</summary>
    public string? Subject { get; init; }

    public bool SubjectIsSet { get; init; }

    public required Channel Channel { get; init; }

    public string? Assignee { get; init; }

    public ConversationStatus Status => StatusOf(LastInboundAt, LastOutboundAt, HeardAt, SetStatus);

    /// <summary>Notes are not counted.</summary>
    public int Messages { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    /// <summary>When the customer last wrote in person; null where only programs did.</summary>
    public DateTimeOffset? LastInboundAt { get; init; }

    public DateTimeOffset? LastOutboundAt { get; init; }

    /// <summary>When we last had a message that the customer wrote in person, by our clock: what was on its way while somebody closed the conversation opens it.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>What is sent to <c>reply+token@</c> an address of ours by the same customer belongs here, whatever its subject. Whoever sends for us sets it as the reply address.</summary>
    public string? ReplyToken { get; init; }

    /// <summary>What somebody set by hand; it holds until the next message.</summary>
    public SetStatus? SetStatus { get; init; }

    /// <summary>The conversation that this one has become part of.</summary>
    public string? MergedInto { get; init; }

    /// <summary>What the customer's conversations are listed by; none once merged.</summary>
    public string? ConversationAt => MergedInto is null ? UtcTimestamps.Text(LastAt) : null;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public static string IdOf(string customerId, string activityId) => $"{customerId}.conversation.{activityId}";

    /// <summary>Null for an id that no conversation can have.</summary>
    public static DocumentKey? KeyOf(string id) => PartOf(id, ".conversation.");

    /// <summary>Whoever spoke last leaves the other waiting; a later word by hand counts more.</summary>
    public static ConversationStatus StatusOf(DateTimeOffset? inbound, DateTimeOffset? outbound, DateTimeOffset? heard, SetStatus? set)
    {
        if (set is not null && set.At >= (heard ?? DateTimeOffset.MinValue) && set.At >= (outbound ?? DateTimeOffset.MinValue)) return set.Status;
        return inbound is not null && (outbound is null || inbound >= outbound) ? ConversationStatus.Open : ConversationStatus.Waiting;
    }

    public static Conversation Begin(Message message, DateTimeOffset now) => new()
    {
        Id = message.ConversationId,
        CustomerId = message.CustomerId,
        Channel = message.Channel,
        ReplyToken = Ids.Unguessable(),
        FirstAt = message.At,
        LastAt = message.At,
        CreatedAt = now,
        ChangedAt = now,
    };

    /// <summary>Takes a message in: the same whichever comes first.</summary>
    public Conversation With(Message message, DateTimeOffset now)
    {
        var isPerson = message.Automation is null;
        var earlier = message.At < FirstAt;
        return this with
        {
            Messages = Messages + 1,
            Subject = !SubjectIsSet && (Subject is null || (earlier && !string.IsNullOrWhiteSpace(message.Subject))) ? message.Subject ?? Subject : Subject,
            FirstAt = earlier ? message.At : FirstAt,
            LastAt = Later(LastAt, message.At),
            LastInboundAt = message.Direction == Direction.Inbound && isPerson ? Later(LastInboundAt, message.At) : LastInboundAt,
            LastOutboundAt = message.Direction == Direction.Outbound && isPerson ? Later(LastOutboundAt, message.At) : LastOutboundAt,
            HeardAt = message.Direction == Direction.Inbound && isPerson ? Later(HeardAt, message.ReceivedAt ?? message.At) : HeardAt,
            ChangedAt = now,
        };
    }

    /// <summary>Takes over what people said of one that becomes part of this one. A question that is open in either stays open.</summary>
    public Conversation Keeping(Conversation other, DateTimeOffset now)
    {
        var theirs = Status == other.Status ? other.SetStatus?.At > (SetStatus?.At ?? DateTimeOffset.MinValue) : other.Status == ConversationStatus.Open;
        var named = !SubjectIsSet && other.SubjectIsSet;
        return this with
        {
            Assignee = Assignee ?? other.Assignee,
            Subject = named ? other.Subject : Subject,
            SubjectIsSet = SubjectIsSet || named,
            SetStatus = theirs ? other.SetStatus : SetStatus,
            ChangedAt = now,
        };
    }

    internal static DocumentKey? PartOf(string id, string word)
    {
        var at = id.IndexOf(word, StringComparison.Ordinal);
        return at > 0 && id.Length > at + word.Length && DocumentKeys.IsId(id) ? new DocumentKey(Containers.Customers, id[..at], id) : null;
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}

public enum ConversationStatus
{
    /// <summary>The customer waits for us.</summary>
    Open,

    /// <summary>We wait for the customer, or nobody for anybody.</summary>
    Waiting,

    Closed,
}

public sealed record SetStatus(ConversationStatus Status, DateTimeOffset At);
