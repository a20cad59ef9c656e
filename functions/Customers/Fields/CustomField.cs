using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Schemas;
using FluentValidation;

namespace Crm.Customers;

/// <summary>A field of the company's own, on customers or on companies: a name and what its values look like.</summary>
public sealed record CustomField
{
    public const string KindName = "custom-field";
    public const string OfCustomers = "customer";
    public const string OfCompanies = "company";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    /// <summary><c>customer</c> or <c>company</c>.</summary>
    public required string Of { get; init; }

    /// <summary>As documents say it; it stays as it is.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>JSON Schema of the value, of the keywords in docs/events.md; null takes any.</summary>
    public JsonElement? Schema { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    public required string SortName { get; init; }

    public static string IdOf(string of, string name) => $"{of}.{name}";
}

/// <summary>What a caller may say of a custom field.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CustomFieldFields(string? Of = null, string? Name = null, string? Description = null, JsonElement? Schema = null)
{
    public Problem? Fault()
    {
        if (new Rules().Check(this) is { } fault) return fault;
        return Schema is { } schema && SchemaReading.Of(schema).Faults is { Count: > 0 } faults ? Problems.Invalid(faults) : null;
    }

    private sealed class Rules : AbstractValidator<CustomFieldFields>
    {
        public Rules()
        {
            RuleFor(f => f.Of).Must(o => o is CustomField.OfCustomers or CustomField.OfCompanies).WithMessage("expected customer or company");
            RuleFor(f => f.Name).NotEmpty().Matches("^[a-z][a-zA-Z0-9_]{0,49}$").WithMessage("expected a small letter, then up to 49 letters, digits and _");
            RuleFor(f => f.Description).MaximumLength(1_000);
        }
    }
}
