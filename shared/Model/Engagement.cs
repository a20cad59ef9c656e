namespace Crm.Model;

/// <summary>What a marketing event says about a campaign and how it came about.</summary>
public sealed record Engagement
{
    /// <summary>The sender's or our own id of the campaign.</summary>
    public string? CampaignId { get; init; }

    public string? CampaignName { get; init; }

    public string? Url { get; init; }

    public string? UserAgent { get; init; }

    public string? Ip { get; init; }

    /// <summary>The sender itself says that a machine opened it (such as a mail proxy); scanner clicks are found later.</summary>
    public bool IsMachine { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary><c>utm_source</c> and the like, without the prefix.</summary>
    public IReadOnlyDictionary<string, string> Utm { get; init; } = new Dictionary<string, string>();

    /// <summary>Why a delivery failed or a consent ended, in the sender's words.</summary>
    public string? Reason { get; init; }
}
