namespace Crm.Reports;

/// <param name="Version">Grows when a figure is defined anew.</param>
public sealed record ReportDefinition(string Name, string Title, string Every, int Version)
{
    public static ReportDefinition DailyCommunication { get; } = new("daily-communication", "Daily communication", "day", 1);

    public static IReadOnlyList<ReportDefinition> All { get; } = [DailyCommunication];

    public static ReportDefinition? Named(string name) => All.FirstOrDefault(r => r.Name == name);
}
