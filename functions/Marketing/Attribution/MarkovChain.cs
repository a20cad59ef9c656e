using MathNet.Numerics.LinearAlgebra;

namespace Crm.Marketing.Attribution;

/// <summary>
/// Journeys as a first-order Markov chain from start over channels to conversion or null (Anderl et al. 2016). A channel's share is
/// its removal effect, the part of the chance of conversion that is lost without it, among all removal effects.
/// </summary>
public static class MarkovChain
{
    /// <summary>The chance that a journey ends in a conversion.</summary>
    public static double ChanceOf(IReadOnlyList<TouchPath> paths) => new Chain(paths).Chance(null);

    /// <summary>By channel, 0 to 1; all 0 where there is no conversion.</summary>
    public static IReadOnlyDictionary<string, double> RemovalEffects(IReadOnlyList<TouchPath> paths)
    {
        var chain = new Chain(paths);
        var whole = chain.Chance(null);
        return chain.Channels.ToDictionary(c => c, c => whole == 0 ? 0 : Math.Max(0, 1 - chain.Chance(c) / whole), StringComparer.Ordinal);
    }

    internal static Dictionary<string, (double Conversions, double Value)> Shares(IReadOnlyList<TouchPath> paths)
    {
        var effects = RemovalEffects(paths);
        var sum = effects.Values.Sum();
        var conversions = (double)paths.Sum(p => p.Conversions);
        var value = paths.Sum(p => p.Value);
        return effects.ToDictionary(e => e.Key, e => sum == 0 ? (0, 0) : (conversions * e.Value / sum, value * e.Value / sum), StringComparer.Ordinal);
    }

    private sealed class Chain
    {
        private readonly Dictionary<string, int> _numbers;
        private readonly double[,] _moves;
        private readonly double[] _starts;
        private readonly double[] _converts;

        public Chain(IReadOnlyList<TouchPath> paths)
        {
            Channels = [.. paths.SelectMany(p => p.Touches).Select(t => t.Channel).Distinct().Order(StringComparer.Ordinal)];
            _numbers = Channels.Select((c, i) => (c, i)).ToDictionary(c => c.c, c => c.i, StringComparer.Ordinal);
            var n = Channels.Count;
            _moves = new double[n, n];
            _starts = new double[n];
            _converts = new double[n];
            var leaving = new double[n];
            foreach (var path in paths)
            {
                double journeys = path.Conversions + path.Nulls;
                var at = path.Touches.Select(t => _numbers[t.Channel]).ToList();
                _starts[at[0]] += journeys;
                for (var i = 0; i + 1 < at.Count; i++) _moves[at[i], at[i + 1]] += journeys;
                foreach (var channel in at) leaving[channel] += journeys;
                _converts[at[^1]] += path.Conversions;
            }
            Scale(leaving);
        }

        public IReadOnlyList<string> Channels { get; }

        /// <summary>The chance of conversion where whatever reaches <paramref name="removed"/> is lost.</summary>
        public double Chance(string? removed)
        {
            var n = Channels.Count;
            if (n == 0) return 0;
            var gone = removed is null ? -1 : _numbers[removed];
            // Chances from each channel solve (I - moves) c = converts.
            var left = Matrix<double>.Build.Dense(n, n, (i, j) => (i == j ? 1 : 0) - (i == gone || j == gone ? 0 : _moves[i, j]));
            var right = Vector<double>.Build.Dense(n, i => i == gone ? 0 : _converts[i]);
            return left.Solve(right).DotProduct(Vector<double>.Build.Dense(_starts));
        }

        private void Scale(double[] leaving)
        {
            var journeys = _starts.Sum();
            for (var i = 0; i < leaving.Length; i++)
            {
                if (journeys > 0) _starts[i] /= journeys;
                if (leaving[i] == 0) continue;
                _converts[i] /= leaving[i];
                for (var j = 0; j < leaving.Length; j++) _moves[i, j] /= leaving[i];
            }
        }
    }
}
