using System.Text.Json;
using Crm.Model;

namespace Crm.Marketing.Events;

/// <summary>
/// The name and properties of an event that came through a sender. Tracking libraries put <c>track:</c> before the name, and the
/// properties into an own <c>properties</c> beside other members (docs/events.md).
/// </summary>
public static class SentEvent
{
    private const string Tracked = "track:";

    /// <summary>Whether activities of this type may be events in the company's own words.</summary>
    public static bool IsOwn(string activityType) => activityType is "track.custom" or "unknown";

    /// <summary>Null for what is no event of the company's own.</summary>
    public static string? NameOf(Activity activity) =>
        !IsOwn(activity.Type) ? null
        : activity.ProviderEventType.StartsWith(Tracked, StringComparison.Ordinal) ? activity.ProviderEventType[Tracked.Length..]
        : activity.ProviderEventType;

    public static JsonElement? PropertiesOf(Activity activity) =>
        !activity.ProviderEventType.StartsWith(Tracked, StringComparison.Ordinal) ? activity.Properties
        : activity.Properties is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty("properties", out var own) ? own
        : null;
}
