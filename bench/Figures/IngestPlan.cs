namespace Crm.Bench.Figures;

/// <summary>How long and how often to measure.</summary>
internal sealed record IngestPlan(int Rounds, TimeSpan Measured, TimeSpan Warm, int Connections, TimeSpan QuietLimit);
