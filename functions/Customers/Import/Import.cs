using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>
/// A file of customers on its way in. The whole file is validated before anything is written; then it is taken in by chunks, each once
/// whatever happens; and it can be taken back.
/// </summary>
public sealed record Import
{
    public const string KindName = "import";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required ImportState State { get; init; }

    /// <summary><c>csv</c> or <c>ndjson</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Starts by itself once it is validated.</summary>
    public bool StartsItself { get; init; }

    /// <summary>What the caller said: column to field, an empty field for one that is left out.</summary>
    public IReadOnlyDictionary<string, string> Mapping { get; init; } = new Dictionary<string, string>();

    /// <summary>What was made of the columns.</summary>
    public IReadOnlyList<ImportColumn> Columns { get; init; } = [];

    /// <summary><c>utf-8</c> or <c>windows-1252</c>.</summary>
    public string? Charset { get; init; }

    public string? Separator { get; init; }

    public int Chunks { get; init; }

    public ImportCounts Counts { get; init; } = new();

    /// <summary>Why it could not go on.</summary>
    public string? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    [JsonIgnore]
    public bool IsAtWork => State is ImportState.Validating or ImportState.Running or ImportState.Reverting;

    public static DocumentKey KeyOf(string id) => new(Containers.Catalog, KindName, id);

    public string BlobOf(string name) => $"imports/{Id}/{name}";

    [JsonIgnore]
    public string View => $"import.{Id}";

    public string ChunkBlob(int chunk) => BlobOf(FormattableString.Invariant($"rows.{chunk:D6}"));

    public string UndoBlob(int chunk) => BlobOf(FormattableString.Invariant($"before.{chunk:D6}"));

    /// <summary>The id of the customer that a row makes: the same on every try.</summary>
    public string CustomerIdOf(int row) => Ids.Of(CreatedAt, FormattableString.Invariant($"import:{Id}:{row}"));
}

public enum ImportState
{
    Validating,

    /// <summary>Validated; waits to be started.</summary>
    Ready,
    Running,
    Done,
    Reverting,
    Reverted,
    Failed,
    Cancelled,
}

/// <param name="Field">The customer's field; null for a column that is left out.</param>
public sealed record ImportColumn(string Column, string? Field);

/// <summary>Sums over the chunks that are done.</summary>
/// <param name="Refused">Valid by themselves, and refused when they were written: an address of somebody else's.</param>
/// <param name="Left">What a revert left as it is, because it was changed since.</param>
public sealed record ImportCounts(
    int Rows = 0, int Valid = 0, int Rejected = 0, int Created = 0, int Changed = 0, int Unchanged = 0, int Refused = 0, int Deleted = 0, int Restored = 0, int Left = 0)
{
    public static ImportCounts operator +(ImportCounts a, ImportCounts b) => new(
        a.Rows + b.Rows, a.Valid + b.Valid, a.Rejected + b.Rejected, a.Created + b.Created, a.Changed + b.Changed, a.Unchanged + b.Unchanged, a.Refused + b.Refused,
        a.Deleted + b.Deleted, a.Restored + b.Restored, a.Left + b.Left);
}

/// <summary>One chunk of an import: how far it is, and the rows that were not taken.</summary>
public sealed record ImportChunk(string Id, string View, int Chunk, ImportChunkState State, ImportCounts Counts, IReadOnlyList<RejectedRow> Rejected)
{
    public static string IdOf(int chunk) => FormattableString.Invariant($"chunk.{chunk:D6}");
}

public enum ImportChunkState
{
    Validated,
    Applied,
    Reverted,
}

/// <summary>A row that was not taken, and why.</summary>
/// <param name="Row">From 1, the header not counted.</param>
/// <param name="Text">The row as it stands in the file, at most 2,000 characters.</param>
public sealed record RejectedRow(int Row, IReadOnlyList<FieldError> Errors, string Text);

/// <summary>A row that is sound by itself.</summary>
public sealed record ImportRow(int Row, CustomerFields Fields, string Text);

/// <summary>What a row found before it was written; null for nobody.</summary>
public sealed record ImportBefore(int Row, string? CustomerId, CustomerFields? Fields);
