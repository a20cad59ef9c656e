using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Ports;
using FluentValidation;

namespace Crm.Customers;

/// <summary>Customers on their way out, as they are found: part after part, joined when the file is fetched.</summary>
public sealed record Export
{
    public const string KindName = "export";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required ExportState State { get; init; }

    /// <summary><c>csv</c> or <c>ndjson</c>.</summary>
    public required string Format { get; init; }

    public string? Owner { get; init; }

    public string? CompanyId { get; init; }

    public string? Tag { get; init; }

    public string? Language { get; init; }

    /// <summary>Parts that are written.</summary>
    public int Parts { get; init; }

    public int Rows { get; init; }

    /// <summary>Where the next part begins.</summary>
    public string? Position { get; init; }

    public string? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    public static DocumentKey KeyOf(string id) => new(Containers.Catalog, KindName, id);

    public string PartBlob(int part) => FormattableString.Invariant($"exports/{Id}/part.{part:D6}");
}

public enum ExportState
{
    Running,
    Done,
    Failed,
}

/// <summary>What a caller may ask for; the filters are those of the list of customers.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExportFields(string? Format = null, string? Owner = null, string? CompanyId = null, string? Tag = null, string? Language = null)
{
    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<ExportFields>
    {
        public Rules()
        {
            RuleFor(e => e.Format).Must(f => f is "csv" or "ndjson").WithMessage("expected csv or ndjson");
            RuleFor(e => e.Owner).Length(1, 200);
            RuleFor(e => e.CompanyId).Length(1, 100);
            RuleFor(e => e.Tag).Length(1, 50);
            RuleFor(e => e.Language).Length(1, 35);
        }
    }
}
