namespace Crm.Analysis.Value;

/// <summary>Gauss's hypergeometric series 2F1(a, b; c; z) for 0 &lt;= z &lt; 1.</summary>
internal static class Hypergeometric
{
    private const int MostTerms = 500_000;
    private const double Precision = 1e-13;

    public static double Of(double a, double b, double c, double z)
    {
        double term = 1, sum = 1;
        for (var n = 0; n < MostTerms; n++)
        {
            term *= Ratio(a, b, c, z, n);
            sum += term;
            if (Math.Abs(term) < Precision * Math.Abs(sum)) break;
        }
        return sum;
    }

    /// <summary>The logarithm, for positive a, b and c: however large the sum is.</summary>
    public static double LogOfPositive(double a, double b, double c, double z)
    {
        const double Large = 1e200;
        double term = 1, sum = 1, scale = 0;
        for (var n = 0; n < MostTerms; n++)
        {
            var ratio = Ratio(a, b, c, z, n);
            term *= ratio;
            sum += term;
            // Terms grow at first: a small one ends the series only once they fall.
            if (ratio < 1 && term < Precision * sum) break;
            if (sum < Large) continue;
            scale += Math.Log(Large);
            sum /= Large;
            term /= Large;
        }
        return scale + Math.Log(sum);
    }

    private static double Ratio(double a, double b, double c, double z, int n) => (a + n) * (b + n) / ((c + n) * (n + 1)) * z;
}
