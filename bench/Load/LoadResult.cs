namespace Crm.Bench.Load;

/// <summary>What one run of the load generator saw.</summary>
/// <param name="Answered">Requests answered as they must be.</param>
/// <param name="Faults">Requests answered wrongly or not at all.</param>
/// <param name="FaultSamples">The first few different faults.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
/// <param name="GeneratorCores">Processor time the generator took, in cores.</param>
internal sealed record LoadResult(
    long Answered,
    long Faults,
    IReadOnlyList<string> FaultSamples,
    double Seconds,
    double P50Milliseconds,
    double P99Milliseconds,
    double P999Milliseconds,
    double MaxMilliseconds,
    double GeneratorCores)
{
    public double RequestsPerSecond => Answered / Seconds;
}
