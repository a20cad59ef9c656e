using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Crm.Marketing.Experiments;

/// <summary>Statistics of shares: how sure two differ, and where one lies.</summary>
public static class Proportions
{
    /// <summary>The two-proportion z test with pooled variance, two-sided.</summary>
    /// <returns>Null where the pooled share is 0 or 1: there is nothing to compare.</returns>
    public static (double Z, double P)? ZTest(long successesA, long trialsA, long successesB, long trialsB)
    {
        var pooled = (double)(successesA + successesB) / (trialsA + trialsB);
        var variance = pooled * (1 - pooled) * (1.0 / trialsA + 1.0 / trialsB);
        if (variance <= 0) return null;
        var z = ((double)successesA / trialsA - (double)successesB / trialsB) / Math.Sqrt(variance);
        return (z, 2 * Normal.CDF(0, 1, -Math.Abs(z)));
    }

    /// <summary>The score interval of one share (Wilson 1927).</summary>
    public static (double Low, double High) Wilson(long successes, long trials, double confidence)
    {
        var z = Normal.InvCDF(0, 1, 0.5 + confidence / 2);
        var share = (double)successes / trials;
        var scale = 1 + z * z / trials;
        var centre = (share + z * z / (2 * trials)) / scale;
        var half = z / scale * Math.Sqrt(share * (1 - share) / trials + z * z / (4.0 * trials * trials));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>
    /// The chance that B's share is higher than A's, both with a uniform prior: exact for a difference of Beta variables with
    /// whole parameters (Miller 2015), summed in logarithms.
    /// </summary>
    public static double ChanceBHigher(long successesA, long trialsA, long successesB, long trialsB)
    {
        // Whoever has fewer successes makes the shorter sum.
        if (successesB > successesA) return 1 - ChanceBHigher(successesB, trialsB, successesA, trialsA);
        double a1 = successesA + 1, a2 = trialsA - successesA + 1, b2 = trialsB - successesB + 1;
        var whole = BetaLn(a1, a2);
        var sum = 0.0;
        for (long i = 0; i <= successesB; i++)
            sum += Math.Exp(BetaLn(a1 + i, a2 + b2) - Math.Log(b2 + i) - BetaLn(1 + i, b2) - whole);
        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>
    /// Sample-ratio check: the chance of a split at least this far from the intended one, by chi-square. Below .001 the
    /// assignment is broken, and no other figure of the experiment means anything.
    /// </summary>
    public static double SampleRatio(IReadOnlyList<long> trials, IReadOnlyList<double> weights)
    {
        var all = trials.Sum();
        var total = weights.Sum();
        var chi = trials.Zip(weights, (n, w) => Math.Pow(n - all * w / total, 2) / (all * w / total)).Sum();
        return 1 - ChiSquared.CDF(trials.Count - 1, chi);
    }

    private static double BetaLn(double a, double b) => SpecialFunctions.GammaLn(a) + SpecialFunctions.GammaLn(b) - SpecialFunctions.GammaLn(a + b);
}
