namespace Crm.Analysis.Learning;

/// <summary>
/// A linear support vector machine with squared hinge loss: Hsieh, Chang, Lin, Keerthi, Sundararajan (2008), "A Dual Coordinate Descent
/// Method for Large-scale Linear SVM", algorithm 3, with C = 1 and a bias.
/// </summary>
internal static class DualCoordinateDescent
{
    private const int MostEpochs = 40;
    private const double Tolerance = .1;
    private const double Diagonal = .5;

    /// <summary>The weights by column; the bias is the last. The same texts in the same order give the same.</summary>
    public static double[] Separate(IReadOnlyList<SparseText> texts, Func<int, bool> isInside, int columns)
    {
        var weights = new double[columns + 1];
        var alpha = new double[texts.Count];
        var side = new double[texts.Count];
        var curvature = new double[texts.Count];
        var order = new int[texts.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            side[i] = isInside(i) ? 1 : -1;
            curvature[i] = Diagonal + 1;
            foreach (var value in texts[i].Values) curvature[i] += value * value;
        }

        var random = new Random(1);
        var active = order.Length;
        var highestBefore = double.PositiveInfinity;
        for (var epoch = 0; epoch < MostEpochs; epoch++)
        {
            var (highest, lowest) = (double.NegativeInfinity, double.PositiveInfinity);
            random.Shuffle(order.AsSpan(0, active));
            for (var s = 0; s < active; s++)
            {
                var i = order[s];
                var slope = side[i] * Margin(weights, texts[i]) - 1 + Diagonal * alpha[i];
                if (alpha[i] == 0 && slope > highestBefore)
                {
                    // Far on the right side: it is looked at again before the end.
                    active--;
                    (order[s], order[active]) = (order[active], order[s]);
                    s--;
                    continue;
                }
                var projected = alpha[i] == 0 ? Math.Min(slope, 0) : slope;
                highest = Math.Max(highest, projected);
                lowest = Math.Min(lowest, projected);
                if (Math.Abs(projected) > 1e-12) Move(i, Math.Max(alpha[i] - slope / curvature[i], 0));
            }
            if (highest - lowest <= Tolerance)
            {
                if (active == order.Length) break;
                active = order.Length;
                highestBefore = double.PositiveInfinity;
            }
            else
            {
                highestBefore = highest <= 0 ? double.PositiveInfinity : highest;
            }
        }
        return weights;

        void Move(int i, double to)
        {
            var step = (to - alpha[i]) * side[i];
            alpha[i] = to;
            var (at, values) = texts[i];
            for (var k = 0; k < at.Length; k++) weights[at[k]] += step * values[k];
            weights[^1] += step;
        }
    }

    private static double Margin(double[] weights, SparseText text)
    {
        var (at, values) = text;
        var sum = weights[^1];
        for (var k = 0; k < at.Length; k++) sum += weights[at[k]] * values[k];
        return sum;
    }
}
