using Crm.Model;

namespace Crm.Tests.Functions.Communications;

/// <summary>Activities as senders' mails become them.</summary>
internal static class Mails
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    public static Activity Of(
        string id, string type = "message.received", string? mail = null, string? answers = null, string[]? references = null, string? subject = "Order", double hour = 0,
        string? conversation = null, string customer = "c", Channel channel = Channel.Email, string? text = null, string? token = null, string? provider = null, bool machine = false, string? mailbox = "support@company.example") => new()
        {
            Id = id,
            CustomerId = customer,
            ConnectionId = "k",
            ReceiptId = "r",
            Provider = "test",
            ProviderEventId = id,
            ProviderEventType = type,
            DedupeKey = id,
            Type = type,
            Channel = channel,
            Direction = type is "message.received" or "message.auto-replied" ? Direction.Inbound : Direction.Outbound,
            OccurredAt = Start.AddHours(hour),
            ReceivedAt = Start.AddHours(hour),
            TimelineAt = Start.AddHours(hour),
            From = new Party(type == "message.sent" ? mailbox : "ann@example.org", null),
            To = [new Party(type == "message.sent" ? "ann@example.org" : mailbox, null)],
            Subject = subject,
            Text = text ?? id,
            ConversationId = conversation,
            ProviderMessageId = provider,
            Mail = mail is null && answers is null && references is null && token is null ? null : new Mail { MessageId = mail, InReplyTo = answers, References = references ?? [], ReplyToken = token },
            Engagement = machine ? new Engagement { IsMachine = true } : null,
            MappingVersion = 1,
        };
}
