namespace Crm.Operations;

/// <summary>The processes that serve one deployment.</summary>
/// <param name="Own">The name of this one: another at each start.</param>
/// <param name="Single">The store is open in one process only, so that any other name is of a process that has ended.</param>
public sealed record Instances(string Own, bool Single)
{
    public bool IsGone(string name) => Single && name != Own;
}
