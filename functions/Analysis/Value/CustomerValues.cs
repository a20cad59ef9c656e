namespace Crm.Analysis.Value;

/// <summary>What customers are worth, from their purchases alone.</summary>
public static class CustomerValues
{
    private const double WeeksInYear = 365.25 / 7;

    /// <param name="discountPerYear">.1 values a euro in a year at 1/1.1 of one today.</param>
    /// <returns>Null where too few bought twice by <paramref name="asOf"/> to tell.</returns>
    public static CustomerValueAnswer? Of(IReadOnlyList<Purchase> purchases, DateOnly asOf, int horizonWeeks, double discountPerYear, double confidence)
    {
        var histories = PurchaseHistory.Of(purchases, asOf);
        if (BetaGeometric.Fit(histories) is not { } model) return null;
        var spend = GammaGamma.Fit(histories);
        return new CustomerValueAnswer(model, spend, RecencyFrequencyMonetary.Score(purchases, asOf),
        [
            .. histories.OrderBy(h => h.Customer, StringComparer.Ordinal).Select(h =>
            {
                var (low, high) = FuturePurchases.Interval(model, h.Repeats, h.Last, h.Age, horizonWeeks, confidence);
                var each = spend?.ExpectedSpend(h.Repeats, h.MeanSpend);
                return new CustomerValue(
                    h.Customer, h.Repeats, model.ChanceAlive(h.Repeats, h.Last, h.Age), model.Expected(h.Repeats, h.Last, h.Age, horizonWeeks), low, high, each,
                    each * Discounted(model, h, horizonWeeks, discountPerYear));
            }),
        ]);
    }

    /// <summary>Expected purchases of each four weeks, discounted from their end.</summary>
    private static double Discounted(BetaGeometric model, PurchaseHistory h, int horizonWeeks, double perYear)
    {
        const int Step = 4;
        double sum = 0, before = 0;
        for (var week = Math.Min(Step, horizonWeeks); ; week = Math.Min(week + Step, horizonWeeks))
        {
            var until = model.Expected(h.Repeats, h.Last, h.Age, week);
            sum += (until - before) / Math.Pow(1 + perYear, week / WeeksInYear);
            before = until;
            if (week == horizonWeeks) return sum;
        }
    }
}

/// <param name="Spend">Null where too few who came back spent anything.</param>
public sealed record CustomerValueAnswer(BetaGeometric Purchases, GammaGamma? Spend, RfmScores Rfm, IReadOnlyList<CustomerValue> Customers);

/// <param name="ChanceAlive">That the customer has not left.</param>
/// <param name="ExpectedPurchases">Within the horizon; <paramref name="Low"/> and <paramref name="High"/> bound the drawn futures.</param>
/// <param name="ExpectedSpend">Of one purchase; null where it cannot be told.</param>
/// <param name="Value">Discounted spend within the horizon.</param>
public sealed record CustomerValue(
    string Customer, int Repeats, double ChanceAlive, double ExpectedPurchases, double Low, double High, double? ExpectedSpend, double? Value);
