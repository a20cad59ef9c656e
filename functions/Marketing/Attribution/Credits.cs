namespace Crm.Marketing.Attribution;

/// <summary>Shares conversions among channels. Pure; the sums over channels are those of the paths.</summary>
public static class Credits
{
    public const double HalfLifeDays = 7;

    /// <returns>By falling conversions, then by channel.</returns>
    public static IReadOnlyList<Credit> Of(AttributionModel model, IReadOnlyList<TouchPath> paths)
    {
        var shares = model switch
        {
            AttributionModel.Markov => MarkovChain.Shares(paths),
            _ => PathByPath(model, paths),
        };
        return [.. shares.Select(s => new Credit(s.Key, s.Value.Conversions, s.Value.Value)).OrderByDescending(c => c.Conversions).ThenBy(c => c.Channel, StringComparer.Ordinal)];
    }

    /// <summary>The weight of each touch; they sum to 1.</summary>
    public static double[] WeightsOf(AttributionModel model, IReadOnlyList<Touch> touches)
    {
        var n = touches.Count;
        double[] weights = model switch
        {
            AttributionModel.First => [.. touches.Select((_, i) => i == 0 ? 1.0 : 0)],
            AttributionModel.Last => [.. touches.Select((_, i) => i == n - 1 ? 1.0 : 0)],
            AttributionModel.Linear => [.. touches.Select(_ => 1.0)],
            AttributionModel.PositionBased when n <= 2 => [.. touches.Select(_ => 1.0)],
            AttributionModel.PositionBased => [.. touches.Select((_, i) => i == 0 || i == n - 1 ? 0.4 : 0.2 / (n - 2))],
            AttributionModel.TimeDecay => [.. touches.Select(t => Math.Pow(2, -(t.DaysBefore - touches.Min(o => o.DaysBefore)) / HalfLifeDays))],
            AttributionModel.Shapley => OncePerChannel(touches),
            _ => throw new ArgumentOutOfRangeException(nameof(model), model, "This model has no weights path by path."),
        };
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    // With worth(set) = conversions of the paths within the set, the Shapley value shares each path equally among its different
    // channels: the worth is a sum of unanimity games, one for each path's set (Shapley 1953).
    private static double[] OncePerChannel(IReadOnlyList<Touch> touches)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. touches.Select(t => seen.Add(t.Channel) ? 1.0 : 0)];
    }

    private static Dictionary<string, (double Conversions, double Value)> PathByPath(AttributionModel model, IReadOnlyList<TouchPath> paths)
    {
        var shares = new Dictionary<string, (double Conversions, double Value)>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var weights = WeightsOf(model, path.Touches);
            for (var i = 0; i < weights.Length; i++)
            {
                var channel = path.Touches[i].Channel;
                var (conversions, value) = shares.GetValueOrDefault(channel);
                shares[channel] = (conversions + weights[i] * path.Conversions, value + weights[i] * path.Value);
            }
        }
        return shares;
    }
}
