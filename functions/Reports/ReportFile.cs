namespace Crm.Reports;

/// <summary>One rendered file of a report.</summary>
public sealed record ReportFile(string Name, string ContentType, byte[] Bytes);
