using System.Text.Json;
using Crm.Model;

namespace Crm.Tests.Functions.Marketing;

/// <summary>One recipient's events, by seconds since the message was sent.</summary>
internal static class CampaignEvents
{
    public static readonly DateTimeOffset Sent = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public static Activity Of(
        string type, double second, string? url = null, string? agent = null, bool machine = false, string message = "m1", string? properties = null, string? id = null, string? word = null) => new()
        {
            Id = id ?? $"{type}-{second}-{url}-{message}",
            CustomerId = "c",
            ConnectionId = "k",
            ReceiptId = "r",
            Provider = "test",
            ProviderEventId = "e",
            ProviderEventType = word ?? type,
            DedupeKey = "d",
            Type = type,
            Channel = Channel.Email,
            Direction = Direction.Inbound,
            OccurredAt = Sent.AddSeconds(second),
            ReceivedAt = Sent.AddSeconds(second),
            TimelineAt = Sent.AddSeconds(second),
            ProviderMessageId = message,
            Engagement = new Engagement { CampaignId = "spring", Url = url, UserAgent = agent, IsMachine = machine },
            Properties = properties is null ? null : JsonDocument.Parse(properties).RootElement.Clone(),
            MappingVersion = 1,
        };
}
