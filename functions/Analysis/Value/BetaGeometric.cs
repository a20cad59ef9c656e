using MathNet.Numerics;

namespace Crm.Analysis.Value;

/// <summary>
/// BG/NBD (Fader, Hardie, Lee 2005, "Counting Your Customers" the Easy Way): customers buy at a rate that is gamma distributed
/// among them (<paramref name="R"/>, <paramref name="Alpha"/>, in weeks) and leave for good after a purchase with a chance that is beta distributed
/// (<paramref name="A"/>, <paramref name="B"/>).
/// </summary>
/// <param name="LogLikelihood">Of the histories that it was fitted to.</param>
public sealed record BetaGeometric(double R, double Alpha, double A, double B, double LogLikelihood)
{
    /// <summary>The most likely parameters; null where nobody bought twice, or too few did to tell.</summary>
    public static BetaGeometric? Fit(IReadOnlyCollection<PurchaseHistory> histories)
    {
        if (!histories.Any(h => h.Repeats > 0)) return null;
        // Equal histories are counted once: many customers have the same few.
        var counted = histories.GroupBy(h => (h.Repeats, h.Last, h.Age)).Select(g => (History: g.Key, Count: g.Count())).ToList();
        var found = Likelihood.Maximise(p => -LogLikelihoodOf(p), [1, Math.Max(1, histories.Max(h => h.Age) / 10), 1, 1]);
        return found is null ? null : new BetaGeometric(found[0], found[1], found[2], found[3], LogLikelihoodOf(found));

        double LogLikelihoodOf(double[] p)
        {
            var model = new BetaGeometric(p[0], p[1], p[2], p[3], 0);
            return counted.Sum(c => c.Count * model.LogLikelihoodOf(c.History.Repeats, c.History.Last, c.History.Age));
        }
    }

    /// <summary>The chance that the customer has not left.</summary>
    public double ChanceAlive(int repeats, double last, double age) =>
        repeats == 0 ? 1 : 1 / (1 + A / (B + repeats - 1) * Math.Exp((R + repeats) * (Math.Log(Alpha + age) - Math.Log(Alpha + last))));

    /// <summary>Purchases to expect of somebody new in the first <paramref name="weeks"/> weeks.</summary>
    public double ExpectedOfNew(double weeks) => Expected(0, 0, weeks);

    /// <summary>Purchases to expect in the next <paramref name="weeks"/> weeks.</summary>
    public double Expected(int repeats, double last, double age, double weeks) =>
        Expected(repeats, age, weeks) * ChanceAlive(repeats, last, age);

    // Equation 10. Its hypergeometric series has positive terms only, but many of them, and overflows where somebody bought often;
    // after Euler's transformation it is short, but its terms cancel each other where r is large. Each is used where it is sound.
    private double Expected(int repeats, double age, double weeks)
    {
        if (weeks <= 0) return 0;
        // Where a is 1 both factors vanish; a step aside has the same value in the limit.
        var a = Math.Abs(A - 1) < 1e-6 ? 1 + 1e-6 : A;
        var c = a + B + repeats - 1;
        var z = weeks / (Alpha + age + weeks);
        var shrink = Math.Log(Alpha + age) - Math.Log(Alpha + age + weeks);
        var remaining = a + B - 1 - R >= -5 || c <= 0
            ? Math.Exp((a - 1) * shrink) * Hypergeometric.Of(a + B - 1 - R, a - 1, c, z)
            : Math.Exp((R + repeats) * shrink + Hypergeometric.LogOfPositive(R + repeats, B + repeats, c, z));
        return Math.Max(0, c / (a - 1) * (1 - remaining));
    }

    private double LogLikelihoodOf(int repeats, double last, double age)
    {
        var common = SpecialFunctions.GammaLn(R + repeats) - SpecialFunctions.GammaLn(R) + R * Math.Log(Alpha)
            + SpecialFunctions.GammaLn(A + B) + SpecialFunctions.GammaLn(B + repeats) - SpecialFunctions.GammaLn(B) - SpecialFunctions.GammaLn(A + B + repeats);
        var stayed = -(R + repeats) * Math.Log(Alpha + age);
        if (repeats == 0) return common + stayed;
        var left = Math.Log(A) - Math.Log(B + repeats - 1) - (R + repeats) * Math.Log(Alpha + last);
        var larger = Math.Max(stayed, left);
        return common + larger + Math.Log(Math.Exp(stayed - larger) + Math.Exp(left - larger));
    }
}
