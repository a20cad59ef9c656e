using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Crm.Analysis.Value;

/// <summary>The positive parameters under which what was seen is most likely.</summary>
internal static class Likelihood
{
    // Too weak to move a fit of hundreds of customers; keeps one of a handful from running to infinity.
    private const double Pull = 1e-3;

    /// <summary>Parameters lie between e^-12 and e^12.</summary>
    private const double Widest = 12;

    /// <param name="negative">The negative log-likelihood of parameters.</param>
    /// <returns>The parameters, or null where no maximum was found.</returns>
    public static double[]? Maximise(Func<double[], double> negative, double[] start)
    {
        var objective = ObjectiveFunction.Value(log =>
        {
            var value = negative([.. log.Select(p => Math.Exp(p))]) + Pull * log.DotProduct(log);
            return double.IsFinite(value) && log.AbsoluteMaximum() < Widest ? value : 1e100;
        });
        try
        {
            var best = NelderMeadSimplex.Minimum(objective, Vector<double>.Build.DenseOfEnumerable(start.Select(p => Math.Log(p))), 1e-9, 5_000).MinimizingPoint;
            // A second simplex from there leaves a corner that the first may have shrunk into.
            return [.. NelderMeadSimplex.Minimum(objective, best, 1e-9, 5_000).MinimizingPoint.Select(p => Math.Exp(p))];
        }
        catch (OptimizationException)
        {
            return null;
        }
    }
}
