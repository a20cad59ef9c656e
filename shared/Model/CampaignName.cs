using Crm.Kernel;

namespace Crm.Model;

/// <summary>A campaign in a sender's words: its id there, a <c>utm_campaign</c> or a name. Case and outer blanks do not count.</summary>
public static class CampaignName
{
    public const int MaxLength = 200;

    /// <summary>The name that events and campaigns are compared by; null when there is none.</summary>
    public static string? Of(Engagement? engagement) =>
        engagement is null ? null : Normal(engagement.CampaignId) ?? Normal(engagement.Utm.GetValueOrDefault("campaign")) ?? Normal(engagement.CampaignName);

    /// <summary>Null for an empty one, or one of more than <see cref="MaxLength"/> characters.</summary>
    public static string? Normal(string? name) => name?.Trim() is { Length: > 0 and <= MaxLength } text ? text.ToLowerInvariant() : null;

    /// <summary>What every <see cref="Activity.CampaignAt"/> of the campaign begins with.</summary>
    public static string PrefixOf(string name) => Ids.Of(name) + ".";
}
