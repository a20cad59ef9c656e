namespace Crm.Customers;

/// <summary>One piece of a job: which, and how far.</summary>
/// <param name="Kind"><c>import</c> or <c>export</c>.</param>
/// <param name="Chunk">From 0.</param>
public sealed record JobStep(string Kind, string Id, JobAction Action, int Chunk);

public enum JobAction
{
    Split,
    Apply,
    Revert,
    Write,
}
