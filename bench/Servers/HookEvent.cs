using System.Text.Json.Serialization;

namespace Crm.Bench.Servers;

/// <summary>The event of about 1 KB that every server is sent.</summary>
internal sealed record HookEvent(string Type, DateTimeOffset Timestamp, HookMessage Data);

internal sealed record HookMessage(
    string Channel,
    string Direction,
    HookAddress From,
    IReadOnlyList<HookAddress> To,
    string Subject,
    string Text);

internal sealed record HookAddress(string Address, string? Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HookEvent))]
internal sealed partial class HookJson : JsonSerializerContext;
