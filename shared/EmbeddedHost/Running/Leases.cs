using System.Text.Json.Serialization;

namespace Crm.EmbeddedHost;

/// <summary>The document that keeps how far a function read its feed.</summary>
internal sealed record FeedLease(string Id, string? Continuation);

/// <summary>The document that keeps a timer's slots. All times are UTC.</summary>
/// <param name="Finished">Slots up to here are done; before the first run, when the timer was first seen.</param>
/// <param name="Last">The last slot that finished.</param>
/// <param name="Running">The slot in progress, <paramref name="Owner"/>'s until <paramref name="Until"/>.</param>
internal sealed record TimerLease(string Id, DateTime Finished, DateTime? Last, DateTime? Running, string? Owner, DateTime? Until);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FeedLease))]
[JsonSerializable(typeof(TimerLease))]
internal sealed partial class LeaseJson : JsonSerializerContext;
