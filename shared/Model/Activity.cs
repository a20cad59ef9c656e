using System.Text.Json;
using Crm.Kernel;

namespace Crm.Model;

/// <summary>
/// One thing that happened with a customer, in the customer's partition. Written by Channels only; its id is a function of the
/// sender's event, so that replay gives the same.
/// </summary>
public sealed record Activity
{
    public const string KindName = "activity";

    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public string Kind { get; init; } = KindName;

    public required string ConnectionId { get; init; }

    public required string ReceiptId { get; init; }

    public required string Provider { get; init; }

    /// <summary>The sender's own id and type, verbatim.</summary>
    public required string ProviderEventId { get; init; }

    public required string ProviderEventType { get; init; }

    /// <summary>What the id was made from.</summary>
    public required string DedupeKey { get; init; }

    /// <summary>Ours: <c>message.received</c>, <c>message.sent</c>, ... or <c>unknown</c>.</summary>
    public required string Type { get; init; }

    public required Channel Channel { get; init; }

    public required Direction Direction { get; init; }

    /// <summary>By the sender's clock, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Where it stands in the timeline: <see cref="OccurredAt"/>.</summary>
    public required DateTimeOffset TimelineAt { get; init; }

    public Party? From { get; init; }

    public IReadOnlyList<Party> To { get; init; } = [];

    public string? Subject { get; init; }

    public string? Text { get; init; }

    /// <summary>The sender's own name for the conversation, verbatim; threading is Communications'.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The sender's own name for the message that this event is or tells of (a Slack <c>ts</c>, an <c>sg_message_id</c>).</summary>
    public string? ProviderMessageId { get; init; }

    /// <summary>The sender's name for the message that this one answers.</summary>
    public string? ParentMessageId { get; init; }

    /// <summary>What only e-mail has.</summary>
    public Mail? Mail { get; init; }

    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The campaign and the circumstances of a marketing event.</summary>
    public Engagement? Engagement { get; init; }

    /// <summary>What the events of one campaign are found by, in the order of time; null for an event of none.</summary>
    public string? CampaignAt => CampaignName.Of(Engagement) is { } name ? CampaignName.PrefixOf(name) + UtcTimestamps.Text(OccurredAt) : null;

    /// <summary>What the sender sent beside it, at most 32 kB of JSON.</summary>
    public JsonElement? Properties { get; init; }

    public Trust Trust { get; init; } = Trust.Signed;

    /// <summary>Grows when the mapping is changed, so that a replay may rewrite older ones.</summary>
    public required int MappingVersion { get; init; }

    /// <summary>What the mapper had to guess or leave out.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>How far the sender vouches for what it says.</summary>
public enum Trust
{
    /// <summary>The whole body is covered by a signature.</summary>
    Signed,

    /// <summary>The sender showed a secret; the body is not signed.</summary>
    Authenticated,

    /// <summary>A public key opened the way (a write key in a browser): a claim about somebody, never taken over identity or consent.</summary>
    Claimed,
}

public sealed record Party(string? Address, string? Name);

public enum Channel
{
    Email,
    Sms,
    Whatsapp,
    Slack,
    Webchat,
    Web,
    Phone,
    Other,
}

public enum Direction
{
    Inbound,
    Outbound,
    Internal,
}
