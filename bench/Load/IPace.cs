namespace Crm.Bench.Load;

/// <summary>Decides when the next request leaves.</summary>
internal interface IPace
{
    /// <summary>Called once when all connections stand.</summary>
    void Begin();

    /// <summary>Waits for the next request's turn.</summary>
    /// <returns>The <see cref="System.Diagnostics.Stopwatch"/> timestamp its latency counts from, or null at the end.</returns>
    ValueTask<long?> NextAsync();
}
