namespace Crm.Analysis.Value;

/// <summary>
/// RFM scores 1 to 5 by quintiles, as the R package rfm has them: type-7 quantiles plus one as lower ends, recency reversed.
/// </summary>
public static class RecencyFrequencyMonetary
{
    private const int Classes = 5;

    /// <summary>Segments by ranges of the three scores; the first that fits is the customer's.</summary>
    private static readonly (string Name, Range R, Range F, Range M)[] s_segments =
    [
        ("Champions", 4..5, 4..5, 4..5),
        ("Loyal Customers", 2..5, 3..5, 3..5),
        ("Potential Loyalist", 3..5, 1..3, 1..3),
        ("New Customers", 4..5, 1..1, 1..1),
        ("Promising", 3..4, 1..1, 1..1),
        ("Need Attention", 2..3, 2..3, 2..3),
        ("About To Sleep", 2..3, 1..2, 1..2),
        ("At Risk", 1..2, 2..5, 2..5),
        ("Can't Lose Them", 1..1, 4..5, 4..5),
        ("Lost", 1..2, 1..2, 1..2),
    ];

    /// <param name="asOf">Recency counts days to this one.</param>
    public static RfmScores Score(IEnumerable<Purchase> purchases, DateOnly asOf)
    {
        var customers = purchases.Where(p => p.Day <= asOf).GroupBy(p => p.Customer)
            .Select(g => (Customer: g.Key, Recency: (double)(asOf.DayNumber - g.Max(p => p.Day).DayNumber), Frequency: (double)g.Count(), Monetary: g.Sum(p => p.Value)))
            .OrderBy(c => c.Customer, StringComparer.Ordinal).ToList();
        var cuts = new RfmCuts(CutsOf(customers.Select(c => c.Recency)), CutsOf(customers.Select(c => c.Frequency)), CutsOf(customers.Select(c => c.Monetary)));
        return new RfmScores(cuts,
        [
            .. customers.Select(c =>
            {
                var (r, f, m) = (Classes + 1 - ClassOf(c.Recency, cuts.Recency), ClassOf(c.Frequency, cuts.Frequency), ClassOf(c.Monetary, cuts.Monetary));
                return new RfmScore(c.Customer, (int)c.Recency, (int)c.Frequency, c.Monetary, r, f, m, SegmentOf(r, f, m));
            }),
        ]);
    }

    /// <summary>1 to 5: one more than the cuts at or below the value.</summary>
    private static int ClassOf(double value, IReadOnlyList<double> cuts) => 1 + cuts.Count(cut => value >= cut);

    private static double[] CutsOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? [] : [.. Enumerable.Range(1, Classes - 1).Select(i => QuantileOf(sorted, i / (double)Classes) + 1)];
    }

    /// <summary>R's type 7: linear between the order statistics at 1 + (n - 1) p.</summary>
    private static double QuantileOf(double[] sorted, double p)
    {
        var at = (sorted.Length - 1) * p;
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private static string SegmentOf(int r, int f, int m) =>
        s_segments.FirstOrDefault(s => In(r, s.R) && In(f, s.F) && In(m, s.M)).Name ?? "Others";

    private static bool In(int score, Range range) => score >= range.Start.Value && score <= range.End.Value;
}

public sealed record RfmScores(RfmCuts Cuts, IReadOnlyList<RfmScore> Customers);

/// <summary>The values at which classes 2 to 5 begin (for recency: end).</summary>
public sealed record RfmCuts(IReadOnlyList<double> Recency, IReadOnlyList<double> Frequency, IReadOnlyList<double> Monetary);

/// <param name="RecencyDays">Since the last purchase.</param>
public sealed record RfmScore(string Customer, int RecencyDays, int Orders, double Revenue, int R, int F, int M, string Segment);
