using System.Text.Json;
using Crm.Kernel;
using Crm.Model;

namespace Crm.Channels;

/// <summary>
/// The body of our own inbound scheme: <c>{"type", "timestamp", "data": {...}}</c>, described in docs/events.md. Unknown types and
/// fields are taken as they are; only an event that names no customer cannot be used.
/// </summary>
public static class StandardEvent
{
    private const int MaxText = 100_000;
    private const int MaxSubject = 1_000;
    private const int MaxName = 200;

    public static MappedItem Map(Receipt receipt, ReadOnlySpan<byte> body, string eventId)
    {
        if (JsonSyntax.Check(body) is { } fault) return new MappedItem.Quarantined(0, "malformed-json", fault.Detail);
        var reader = new Utf8JsonReader(body);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || Text(root, "type", MaxName) is not { Length: > 0 } type)
            return new MappedItem.Quarantined(0, "no-type", "expected an object with a text in /type");
        if (!root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
            return new MappedItem.Quarantined(0, "no-data", "expected an object in /data");

        return Of(receipt, 0, eventId, type, Text(root, "timestamp", 40), data, subject: null);
    }

    /// <param name="time">RFC 3339.</param>
    /// <param name="subject">Whose event it is where the data names nobody: an address, or a name of the sender's own.</param>
    public static MappedItem Of(Receipt receipt, int index, string eventId, string type, string? time, JsonElement data, string? subject)
    {
        var direction = DirectionOf(type, Text(data, "direction", 20));
        var channel = ChannelOf(Text(data, "channel", 20));
        var from = PartyOf(data, "from");
        var to = PartiesOf(data, "to");
        var (customer, name) = CustomerOf(receipt, data, direction == Direction.Outbound ? to.FirstOrDefault() : from);
        customer ??= ReadJson.Known(subject, receipt.Region) ?? Identity.External(receipt.ConnectionId, subject);
        if (customer is null)
            return new MappedItem.Quarantined(index, "no-customer", "expected an e-mail address or phone number of the customer in /data/from (inbound), /data/to (outbound) or /data/customer");

        var warnings = new List<string>();
        return new MappedItem.Event(
            eventId, type, customer, name, TypeOf(type), channel, direction,
            TimeOf(time, receipt.ReceivedAt, warnings))
        {
            From = from,
            To = to,
            Subject = Text(data, "subject", MaxSubject),
            Text = Text(data, "text", MaxText),
            ConversationId = Text(data, "conversationId", MaxName),
            ProviderMessageId = Text(data, "messageId", MaxName),
            ParentMessageId = Text(data, "inReplyTo", MaxName),
            Engagement = EngagementOf(data),
            Properties = data.Object("properties")?.Clone(),
            Warnings = warnings,
        };
    }

    private static Engagement? EngagementOf(JsonElement data)
    {
        var campaign = data.Object("campaign");
        var engagement = new Engagement
        {
            CampaignId = campaign is null ? Text(data, "campaign", CampaignName.MaxLength) : Text(campaign.Value, "id", CampaignName.MaxLength),
            CampaignName = campaign is null ? null : Text(campaign.Value, "name", CampaignName.MaxLength),
            Url = Text(data, "url", 2000),
            UserAgent = Text(data, "userAgent", 500),
            Ip = Text(data, "ip", 50),
            IsMachine = data.IsTrue("machine"),
        };
        return engagement is { CampaignId: null, CampaignName: null, Url: null } ? null : engagement;
    }

    internal static string TypeOf(string type) => type switch
    {
        "message.received" or "message.sent" or "message.edited" or "message.deleted" or "message.delivered" or "message.read" or "message.deferred"
            or "message.failed" or "message.bounced" or "message.complained" or "message.opened" or "message.clicked" or "message.auto-replied"
            or "consent.unsubscribed" or "consent.resubscribed" or "contact.updated" or "page.viewed" or "track.custom" => type,
        _ => "unknown",
    };

    internal static Direction DirectionOf(string type, string? given) => given switch
    {
        "inbound" => Direction.Inbound,
        "outbound" => Direction.Outbound,
        "internal" => Direction.Internal,
        _ => type is "message.sent" or "message.delivered" or "message.failed" or "message.bounced" ? Direction.Outbound : Direction.Inbound,
    };

    private static Channel ChannelOf(string? given) =>
        given is not null && given.All(char.IsAsciiLetter) && Enum.TryParse<Channel>(given, ignoreCase: true, out var channel) ? channel : Channel.Other;

    private static (Identity? Customer, string? Name) CustomerOf(Receipt receipt, JsonElement data, Party? party)
    {
        if (data.TryGetProperty("customer", out var customer) && customer.ValueKind == JsonValueKind.Object)
        {
            var named = Identity.Email(Text(customer, "email", Identity.MaxLength))
                ?? Identity.Phone(Text(customer, "phone", Identity.MaxLength), receipt.Region)
                ?? Identity.External(receipt.ConnectionId, Text(customer, "externalId", Identity.MaxLength));
            if (named is not null) return (named, Text(customer, "name", MaxName));
        }
        return (Identity.Email(party?.Address) ?? Identity.Phone(party?.Address, receipt.Region), party?.Name);
    }

    private static DateTimeOffset TimeOf(string? text, DateTimeOffset receivedAt, List<string> warnings)
    {
        var time = UtcTimestamps.Parse(text);
        if (time is null)
        {
            warnings.Add("timestamp missing or unreadable: the time of receipt stands in");
            return receivedAt;
        }
        // A clock far ahead would pin the event to the top of the timeline.
        if (time > receivedAt.AddHours(24))
        {
            warnings.Add("timestamp more than a day ahead: the time of receipt stands in");
            return receivedAt;
        }
        return time.Value;
    }

    private static List<Party> PartiesOf(JsonElement data, string name) =>
        data.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Take(100).Select(ReadParty).OfType<Party>()]
            : PartyOf(data, name) is { } single ? [single] : [];

    private static Party? PartyOf(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? ReadParty(value) : null;

    private static Party? ReadParty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new Party(Cut(value.GetString(), Identity.MaxLength), null),
        JsonValueKind.Object => new Party(Text(value, "address", Identity.MaxLength), Text(value, "name", MaxName)),
        _ => null,
    };

    private static string? Text(JsonElement element, string name, int max) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Cut(value.GetString(), max) : null;

    private static string? Cut(string? text, int max)
    {
        if (text is null || text.Length <= max) return text;
        // Not between the halves of a surrogate pair.
        return text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
    }
}
