using Crm.Ports;

namespace Crm.Adapters.Cosmos;

internal enum StepKind
{
    Create,
    Upsert,
    Replace,
}

/// <summary>The operation that a write needs, or its outcome when that is known without one.</summary>
internal sealed record Step(StepKind Kind, string? IfMatch, WriteOutcome? Outcome)
{
    public static Step Create { get; } = new(StepKind.Create, null, null);

    public static Step Upsert { get; } = new(StepKind.Upsert, null, null);

    public static Step Replace(string version) => new(StepKind.Replace, $"\"{version}\"", null);

    public static Step Known(WriteOutcome outcome) => new(default, null, outcome);
}
