using System.Diagnostics;
using HdrHistogram;

namespace Crm.Bench.Load;

/// <summary>Histograms of microseconds up to one minute, three digits exact.</summary>
internal static class Latency
{
    private const long Highest = 60_000_000;

    public static LongHistogram NewHistogram() => new(1, Highest, 3);

    /// <summary>Records the time from a <see cref="Stopwatch"/> timestamp until now.</summary>
    public static void Record(LongHistogram histogram, long since)
    {
        var microseconds = (Stopwatch.GetTimestamp() - since) * 1_000_000 / Stopwatch.Frequency;
        histogram.RecordValue(Math.Clamp(microseconds, 1, Highest));
    }

    public static double Milliseconds(LongHistogram histogram, double percentile) =>
        histogram.TotalCount == 0 ? double.NaN : histogram.GetValueAtPercentile(percentile) / 1000.0;
}
