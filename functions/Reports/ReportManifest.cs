namespace Crm.Reports;

/// <summary>What a consumer needs to trust and read a run's files.</summary>
public sealed record ReportManifest(
    string Report, int DefinitionVersion, DateOnly Day, string TimeZone, DateTimeOffset? Watermark, int Revision, string Reason,
    IReadOnlyList<ReportManifestFile> Files, IReadOnlyList<ReportColumn> Columns);

/// <param name="Rows">Null for files that hold no rows.</param>
public sealed record ReportManifestFile(string Name, string ContentType, long Bytes, string Sha256, int? Rows);
