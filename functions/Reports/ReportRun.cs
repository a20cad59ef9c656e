using System.Globalization;

namespace Crm.Reports;

/// <summary>The newest run of one report for one day, and why there were earlier ones.</summary>
public sealed record ReportRun
{
    /// <summary>The day, <c>yyyy-MM-dd</c>.</summary>
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string Report { get; init; }

    public required DateOnly Day { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>From 1.</summary>
    public required int Revision { get; init; }

    /// <summary>Why this revision exists: <c>first</c>, <c>late-data</c> or <c>new-definition</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The latest receipt that is included; null for a day without any.</summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>SHA-256 of the figures: the same figures make no new revision.</summary>
    public required string FiguresSha256 { get; init; }

    public required int DefinitionVersion { get; init; }

    public required int Rows { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string SortAt { get; init; }

    public required IReadOnlyList<ReportRunFile> Files { get; init; }

    public IReadOnlyList<ReportRevision> Earlier { get; init; } = [];

    public static string KindOf(string report) => $"report.{report}";

    public static string IdOf(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}

/// <param name="Blob">Its name in the blob store.</param>
public sealed record ReportRunFile(string Name, string ContentType, long Bytes, string Sha256, string Blob);

public sealed record ReportRevision(int Revision, string Reason, DateTimeOffset? Watermark, DateTimeOffset CreatedAt);
