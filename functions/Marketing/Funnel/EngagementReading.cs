using System.Text.Json;
using Crm.Model;

namespace Crm.Marketing.Funnel;

/// <summary>
/// Tells people's opens and clicks from machines': an image proxy opens what nobody looked at, a security scanner follows every
/// link. Works on one recipient's events of one campaign, in any order; what it cannot know it counts as a person's.
/// </summary>
public static class EngagementReading
{
    /// <summary>Nobody reads a message so soon after it was delivered.</summary>
    public static readonly TimeSpan AtDelivery = TimeSpan.FromSeconds(2);

    /// <summary>Nobody follows two different links within so short a time.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    /// <summary>What Apple's Mail Privacy Protection calls itself: nothing behind it.</summary>
    private const string BareAgent = "Mozilla/5.0";

    private static readonly string[] Scanners =
    [
        "barracuda", "proofpoint", "mimecast", "bitdefender", "safelinks", "symantec", "forcepoint", "trendmicro", "sophos", "fireeye",
        "headlesschrome", "phantomjs", "python-requests", "go-http-client", "java/", "curl/", "wget/", "okhttp", "libwww", "crawler", "spider", "bot/", "bot;",
    ];

    /// <summary>Each open and click with the reason why a machine made it; null where a person did, as far as can be known.</summary>
    public static IReadOnlyDictionary<string, MachineReason?> Of(IReadOnlyCollection<Activity> events)
    {
        var delivered = events.Where(e => e.Type == "message.delivered").GroupBy(MessageOf).ToDictionary(g => g.Key, g => g.Min(e => e.OccurredAt), StringComparer.Ordinal);
        var clicks = events.Where(e => e.Type == "message.clicked").ToList();
        return events
            .Where(e => e.Type is "message.opened" or "message.clicked")
            .ToDictionary(e => e.Id, e => ReasonOf(e, delivered.TryGetValue(MessageOf(e), out var at) ? at : null, clicks), StringComparer.Ordinal);
    }

    /// <summary>The message that an event tells of; empty where the sender does not say.</summary>
    public static string MessageOf(Activity e) => e.ProviderMessageId ?? e.Mail?.MessageId ?? "";

    /// <summary>A click that ends a consent is no interest.</summary>
    public static bool IsUnsubscribeLink(Activity click) => click.Engagement?.Url?.Contains("unsubscribe", StringComparison.OrdinalIgnoreCase) == true;

    private static MachineReason? ReasonOf(Activity e, DateTimeOffset? delivered, List<Activity> clicks)
    {
        if (e.Engagement?.IsMachine == true) return MachineReason.SenderSays;
        if (e.Engagement?.UserAgent is { } agent && IsMachine(agent, e.Type)) return MachineReason.Agent;
        if (MethodOf(e) is "HEAD") return MachineReason.HeadRequest;
        if (e.OccurredAt - delivered is { } since && since >= TimeSpan.Zero && since <= AtDelivery) return MachineReason.AtDelivery;
        return e.Type == "message.clicked" && clicks.Any(c => FollowsAnother(e, c)) ? MachineReason.SeveralLinksAtOnce : null;
    }

    private static bool IsMachine(string agent, string type) =>
        (agent.Trim() == BareAgent && type == "message.opened") || Scanners.Any(s => agent.Contains(s, StringComparison.OrdinalIgnoreCase));

    private static bool FollowsAnother(Activity click, Activity other) =>
        (click.OccurredAt - other.OccurredAt).Duration() <= AtOnce
        && click.Engagement?.Url is { } one && other.Engagement?.Url is { } two && !string.Equals(one, two, StringComparison.Ordinal);

    private static string? MethodOf(Activity e) =>
        e.Properties is { ValueKind: JsonValueKind.Object } properties && properties.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String
            ? method.GetString()!.ToUpperInvariant()
            : null;
}

/// <summary>Why an open or a click is taken for a machine's.</summary>
public enum MachineReason
{
    /// <summary>The sender marks it so (SendGrid: <c>sg_machine_open</c>).</summary>
    SenderSays,

    /// <summary>A scanner's or a proxy's user agent.</summary>
    Agent,

    HeadRequest,

    /// <summary>Within two seconds of the delivery.</summary>
    AtDelivery,

    /// <summary>Two different links within two seconds.</summary>
    SeveralLinksAtOnce,
}
