using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Schemas;
using FluentValidation;

namespace Crm.Marketing.Events;

/// <summary>One kind of marketing event in the company's own words, and what its properties must look like.</summary>
public sealed record EventType
{
    public const string KindName = "event-type";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    /// <summary>As events say it, letter by letter; it stays as it is.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>JSON Schema of the properties, of the keywords in docs/events.md; null takes any.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>From 1; every change of the schema makes the next.</summary>
    public required int Version { get; init; }

    /// <summary>The request that made it: its repeat finds it.</summary>
    public required string MadeBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    public required string SortName { get; init; }

    /// <summary>A type is found by its name with one read.</summary>
    public static string IdOf(string name) => Ids.Of("event-type:" + name);
}

/// <summary>What a caller may say of an event type.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EventTypeFields(string? Name = null, string? Description = null, JsonElement? Schema = null)
{
    public Problem? Fault()
    {
        if (new Rules().Check(this) is { } fault) return fault;
        return Schema is { } schema && SchemaReading.Of(schema).Faults is { Count: > 0 } faults ? Problems.Invalid(faults) : null;
    }

    private sealed class Rules : AbstractValidator<EventTypeFields>
    {
        public Rules()
        {
            RuleFor(t => t.Name).NotEmpty().MaximumLength(EventFields.MaxType);
            RuleFor(t => t.Description).MaximumLength(1_000);
        }
    }
}

/// <summary>One version of a type's schema, beside the type in its partition; without a time to sort by, so that lists of types leave it out.</summary>
public sealed record EventTypeVersion(string Id, string Kind, string EventTypeId, int Version, JsonElement? Schema, DateTimeOffset CreatedAt)
{
    public static EventTypeVersion Of(EventType type) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{PrefixOf(type.Id)}{type.Version:D6}"), EventType.KindName, type.Id, type.Version, type.Schema, type.ChangedAt);

    public static string PrefixOf(string typeId) => typeId + ".v";
}
