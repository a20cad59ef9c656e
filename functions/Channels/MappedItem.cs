using System.Text.Json;
using Crm.Model;

namespace Crm.Channels;

/// <summary>One item of a request, after its provider's mapping.</summary>
public abstract record MappedItem
{
    private MappedItem() { }

    /// <param name="ProviderEventId">Unique within the connection; the sender's retries repeat it.</param>
    /// <param name="Customer">Whose activity it is.</param>
    /// <param name="Name">What to call a new customer.</param>
    public sealed record Event(
        string ProviderEventId,
        string ProviderEventType,
        Identity Customer,
        string? Name,
        string Type,
        Channel Channel,
        Direction Direction,
        DateTimeOffset OccurredAt) : MappedItem
    {
        public Party? From { get; init; }

        public IReadOnlyList<Party> To { get; init; } = [];

        public string? Subject { get; init; }

        public string? Text { get; init; }

        public string? ConversationId { get; init; }

        public string? ProviderMessageId { get; init; }

        public string? ParentMessageId { get; init; }

        public Mail? Mail { get; init; }

        public IReadOnlyList<ReceivedFile> Files { get; init; } = [];

        public Engagement? Engagement { get; init; }

        /// <summary>What the sender sent beside it; larger than 32 kB it is left out, with a warning.</summary>
        public JsonElement? Properties { get; init; }

        /// <summary>Less than what the request was verified by; null: the same.</summary>
        public Trust? Trust { get; init; }

        public IReadOnlyList<string> Warnings { get; init; } = [];
    }

    /// <summary>Authentic, and no use to us as it is: kept for a person to look at.</summary>
    /// <param name="Reason">A short stable word.</param>
    public sealed record Quarantined(int Index, string Reason, string Detail) : MappedItem;
}
