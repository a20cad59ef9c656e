namespace Crm.Analysis.Learning;

/// <summary>From margins to probabilities: a softmax whose one parameter is fitted by likelihood on unseen texts (Guo et al. 2017, temperature scaling).</summary>
internal static class Calibration
{
    /// <summary>Of the texts that a model gets right, so many may be called unsure.</summary>
    private const double MayBeLost = .02;

    public static double[] Probabilities(ReadOnlySpan<double> margins, double sharpness)
    {
        var best = double.MinValue;
        foreach (var margin in margins) best = Math.Max(best, margin);
        var shares = new double[margins.Length];
        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++) sum += shares[i] = Math.Exp(sharpness * (margins[i] - best));
        for (var i = 0; i < shares.Length; i++) shares[i] /= sum;
        return shares;
    }

    /// <summary>The sharpness between 0.1 and 50 that makes the right labels likeliest.</summary>
    public static double Fit(IReadOnlyList<UnseenText> unseen)
    {
        var (low, high) = (Math.Log(.1), Math.Log(50));
        for (var step = 0; step < 40; step++)
        {
            var third = (high - low) / 3;
            if (Loss(low + third) <= Loss(high - third)) high -= third;
            else low += third;
        }
        return Math.Exp((low + high) / 2);

        double Loss(double logarithm) => unseen.Sum(u => -Math.Log(Math.Max(1e-12, Probabilities(u.Margins, Math.Exp(logarithm))[u.Label])));
    }

    /// <summary>The margin that all but a few rightly told texts reach.</summary>
    public static double LeastMargin(IReadOnlyList<UnseenText> unseen)
    {
        var right = unseen.Where(u => u.IsRight).Select(u => u.Margins.Max()).Order().ToList();
        return right.Count == 0 ? 0 : right[(int)(right.Count * MayBeLost)];
    }
}

/// <summary>What a model that had not seen a text said of it.</summary>
/// <param name="Label">The right one's place.</param>
internal sealed record UnseenText(double[] Margins, int Label)
{
    public bool IsRight => Array.IndexOf(Margins, Margins.Max()) == Label;
}
