namespace Crm.Analysis.Value;

/// <summary>What the models know of one customer. Times are in weeks since the first purchase.</summary>
/// <param name="Repeats">Days with a purchase after the first one.</param>
/// <param name="Last">The time of the last of them; 0 where there is none.</param>
/// <param name="Age">From the first purchase to the end of the observation.</param>
/// <param name="MeanSpend">Mean spend of the repeat days; 0 where there is none.</param>
public sealed record PurchaseHistory(string Customer, int Repeats, double Last, double Age, double MeanSpend)
{
    private const double DaysInWeek = 7;

    /// <summary>Purchases of one day count as one; those after <paramref name="until"/> are left out, and customers without any before it.</summary>
    public static IReadOnlyList<PurchaseHistory> Of(IEnumerable<Purchase> purchases, DateOnly until) =>
    [
        .. purchases.Where(p => p.Day <= until).GroupBy(p => p.Customer).Select(customer =>
        {
            var days = customer.GroupBy(p => p.Day).OrderBy(d => d.Key).Select(d => (Day: d.Key, Spend: d.Sum(p => p.Value))).ToList();
            var first = days[0].Day;
            var repeats = days.Skip(1).ToList();
            return new PurchaseHistory(
                customer.Key,
                repeats.Count,
                (days[^1].Day.DayNumber - first.DayNumber) / DaysInWeek,
                (until.DayNumber - first.DayNumber) / DaysInWeek,
                repeats.Count == 0 ? 0 : repeats.Average(d => d.Spend));
        }),
    ];
}

public sealed record Purchase(string Customer, DateOnly Day, double Value);
