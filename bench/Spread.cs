using System.Globalization;

namespace Crm.Bench;

/// <summary>The median of several rounds and the range they lay in.</summary>
internal sealed record Spread(double Median, double Lowest, double Highest)
{
    /// <exception cref="ArgumentException">There are no rounds.</exception>
    public static Spread Of(IEnumerable<double> rounds)
    {
        double[] sorted = [.. rounds.Order()];
        if (sorted.Length == 0) throw new ArgumentException("A spread needs one round at least.", nameof(rounds));
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>For a table cell: <c>median (lowest to highest)</c>.</summary>
    /// <param name="format">A .NET number format.</param>
    public string Show(string format) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({Lowest.ToString(format, CultureInfo.InvariantCulture)} to {Highest.ToString(format, CultureInfo.InvariantCulture)})");
}
