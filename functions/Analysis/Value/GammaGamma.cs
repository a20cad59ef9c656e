using MathNet.Numerics;

namespace Crm.Analysis.Value;

/// <summary>
/// Gamma-Gamma spend (Fader and Hardie 2013, "The Gamma-Gamma Model of Monetary Value"): the spend of a purchase varies around a
/// customer's own mean, and the means vary among customers.
/// </summary>
public sealed record GammaGamma(double P, double Q, double Gamma)
{
    /// <summary>The most likely parameters, of customers who came back and spent something; null where there are too few to tell.</summary>
    public static GammaGamma? Fit(IEnumerable<PurchaseHistory> histories)
    {
        var some = histories.Where(h => h.Repeats > 0 && h.MeanSpend > 0).Select(h => (Count: (double)h.Repeats, Mean: h.MeanSpend)).ToList();
        if (some.Count == 0) return null;
        var found = Likelihood.Maximise(parameters => -some.Sum(s => LogLikelihoodOf(parameters, s.Count, s.Mean)), [1, 1, some.Average(s => s.Mean)]);
        return found is null ? null : new GammaGamma(found[0], found[1], found[2]);
    }

    /// <summary>
    /// What a purchase of this customer brings: the own mean, drawn towards that of all by how few there are. Null where the mean
    /// of all does not exist (q at most 1) and the customer has no purchase of its own.
    /// </summary>
    public double? ExpectedSpend(int repeats, double meanSpend) =>
        P * repeats + Q - 1 is > 0 and var weight ? P * (Gamma + repeats * meanSpend) / weight : null;

    private static double LogLikelihoodOf(double[] parameters, double count, double mean)
    {
        var (p, q, gamma) = (parameters[0], parameters[1], parameters[2]);
        return SpecialFunctions.GammaLn(p * count + q) - SpecialFunctions.GammaLn(p * count) - SpecialFunctions.GammaLn(q)
            + q * Math.Log(gamma) + (p * count - 1) * Math.Log(mean) + p * count * Math.Log(count) - (p * count + q) * Math.Log(gamma + count * mean);
    }
}
