using System.Globalization;
using Crm.Analysis.Value;
using Crm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Analysis;

/// <summary>Published figures of BG/NBD, Gamma-Gamma and RFM on their own data.</summary>
public sealed class CustomerValuesTests
{
    private static readonly DateOnly CalibrationEnd = new(1997, 9, 30);

    private static readonly BetaGeometric Published = new(.2425982, 4.4136842, .7929899, 2.4261667, 0);

    private static readonly Lazy<IReadOnlyList<PurchaseHistory>> Cdnow = new(() => PurchaseHistory.Of(Read("cdnow-sample.csv"), CalibrationEnd));

    [Fact]
    public void Histories_are_counted_as_in_the_literature()
    {
        Assert.Equal(2_357, Cdnow.Value.Count);
        Assert.Equal(2_457, Cdnow.Value.Sum(h => h.Repeats));
        Assert.Equal(1_411, Cdnow.Value.Count(h => h.Repeats == 0));
    }

    [Fact]
    public void A_day_is_one_purchase_and_the_first_is_none_that_repeats()
    {
        Purchase[] log =
        [
            On("1", "2015-01-01", 1), On("1", "2015-02-06", 2), On("2", "2015-01-01", 2), On("3", "2015-01-01", 3), On("3", "2015-01-02", 1), On("3", "2015-01-05", 5),
            On("4", "2015-01-16", 6), On("4", "2015-02-02", 3), On("4", "2015-02-05", 3), On("4", "2015-02-05", 6), On("5", "2015-01-16", 3), On("5", "2015-01-17", 1), On("5", "2015-01-18", 8),
            On("6", "2015-02-02", 5),
        ];
        Assert.Equal(
            [(1, 36, 37, 2), (0, 0, 37, 0), (2, 4, 37, 3), (2, 20, 22, 6), (2, 2, 22, 4.5), (0, 0, 5, 0)],
            PurchaseHistory.Of(log, new DateOnly(2015, 2, 7)).Select(h => (h.Repeats, (int)Math.Round(h.Last * 7), (int)Math.Round(h.Age * 7), h.MeanSpend)));
    }

    [Fact]
    public void The_fit_finds_the_published_parameters()
    {
        var model = BetaGeometric.Fit(Cdnow.Value)!;
        Assert.InRange(model.LogLikelihood, -9582.5, -9582.4);
        Within(.2426, model.R, .01);
        Within(4.414, model.Alpha, .01);
        Within(.793, model.A, .01);
        Within(2.426, model.B, .01);
    }

    [Theory]
    [InlineData(.1429, .0078)]
    [InlineData(1, .0532)]
    [InlineData(3, .1506)]
    [InlineData(31.8571, 1.0405)]
    [InlineData(32, 1.0437)]
    [InlineData(52, 1.4440)]
    [InlineData(78, 1.8576)]
    public void Purchases_of_new_customers_are_as_published(double weeks, double expected) => Assert.Equal(expected, Published.ExpectedOfNew(weeks), Math.Max(5e-5, expected * 2e-4));

    [Theory]
    [InlineData(2, 30.43, 38.86, 39, 1.226, 1e-3)]
    [InlineData(26, 30.85714, 31, 52, 25.75659, 1e-3)]
    [InlineData(10, 20, 39, 52, .3474606, 1e-5)]
    [InlineData(15, 20, 39, 52, .04283391, 1e-6)]
    [InlineData(20, 20, 39, 52, .004158973, 1e-7)]
    [InlineData(25, 20, 39, 52, .0003583685, 1e-8)]
    public void Purchases_of_known_customers_are_as_published(int repeats, double last, double age, double weeks, double expected, double within) =>
        Assert.Equal(expected, Published.Expected(repeats, last, age, weeks), within);

    [Fact]
    public void The_chance_of_being_alive_is_as_published() => Assert.Equal(.9688523, Published.ChanceAlive(26, 30.85714, 31), 1e-6);

    [Fact]
    public void No_history_gives_a_figure_that_is_none() =>
        Prop.ForAll(
            Gen.Choose(0, 500).ToArbitrary(), Gen.Choose(1, 10_000).ToArbitrary(), Gen.Choose(0, 1_000).ToArbitrary(),
            (repeats, days, part) =>
            {
                var age = days / 7.0;
                var last = repeats == 0 ? 0 : age * part / 1_000;
                var alive = Published.ChanceAlive(repeats, last, age);
                var expected = Published.Expected(repeats, last, age, 104);
                Assert.InRange(alive, 0, 1);
                Assert.True(double.IsFinite(expected) && expected >= 0, $"{repeats} {last} {age}: {expected}");
                Assert.True(Published.Expected(repeats, last, age, 105) >= expected);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Spend_is_as_published()
    {
        var model = GammaGamma.Fit(Cdnow.Value)!;
        Assert.Equal(6.25, model.P, .02);
        Assert.Equal(3.74, model.Q, .02);
        Assert.Equal(15.44, model.Gamma, .02);
        double[] first = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
        var published = new GammaGamma(6.25, 3.74, 15.44);
        Assert.All(first.Zip(Cdnow.Value.OrderBy(h => h.Customer, StringComparer.Ordinal)), pair => Assert.Equal(pair.First, published.ExpectedSpend(pair.Second.Repeats, pair.Second.MeanSpend)!.Value, .1));
    }

    [Fact]
    public void What_the_model_expects_of_the_next_39_weeks_is_close_to_what_came()
    {
        var model = BetaGeometric.Fit(Cdnow.Value)!;
        Assert.Equal(1653.4, Cdnow.Value.Sum(h => model.Expected(h.Repeats, h.Last, h.Age, 39)), 2.0);
    }

    [Theory]
    [InlineData(.24, 4.4, .79, 2.4)]
    [InlineData(8, 30, 3, 5)]
    [InlineData(120, 300, 2, 90)]
    [InlineData(2000, 5000, 40, 800)]
    public void Expected_purchases_are_those_of_drawn_futures(double r, double alpha, double a, double b)
    {
        var model = new BetaGeometric(r, alpha, a, b, 0);
        var (low, high) = FuturePurchases.Interval(model, 6, 30, 40, 60, .98);
        var expected = model.Expected(6, 30, 40, 60);
        Assert.True(expected >= low && expected <= high, $"{low} {expected} {high}");
        Assert.InRange(model.Expected(6, 30, 40, 1e-6), 0, 1e-4);
        Assert.True(model.Expected(6, 30, 40, 30) < expected);
    }

    [Fact]
    public void From_any_handful_of_purchases_a_model_comes_out_or_none() =>
        Prop.ForAll(
            (from customer in Gen.Choose(1, 4) from day in Gen.Choose(0, 400) from value in Gen.Choose(0, 50) select new Purchase($"{customer}", new DateOnly(2025, 1, 1).AddDays(day), value)).NonEmptyListOf().ToArbitrary(),
            purchases =>
            {
                var answer = CustomerValues.Of([.. purchases], new DateOnly(2026, 6, 1), 26, .1, .8);
                if (answer is null) return;
                Assert.All(answer.Customers, c =>
                {
                    Assert.True(double.IsFinite(c.ExpectedPurchases) && c.ExpectedPurchases >= 0 && c.ChanceAlive is >= 0 and <= 1 && c.Low <= c.High);
                    Assert.True(c.Value is null or (>= 0 and < double.PositiveInfinity), $"value {c.Value}");
                });
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(120));

    [Fact]
    public void Intervals_hold_what_they_promise_and_are_the_same_each_time()
    {
        var later = PurchaseHistory.Of(Read("cdnow-sample.csv"), new DateOnly(1998, 6, 30)).ToDictionary(h => h.Customer, h => h.Repeats);
        var within = Cdnow.Value.Count(h =>
        {
            var (low, high) = FuturePurchases.Interval(Published, h.Repeats, h.Last, h.Age, 39, .8);
            Assert.Equal((low, high), FuturePurchases.Interval(Published, h.Repeats, h.Last, h.Age, 39, .8));
            var came = later[h.Customer] - h.Repeats;
            return came >= low && came <= high;
        });
        Assert.InRange((double)within / Cdnow.Value.Count, .8, .97);
    }

    [Fact]
    public void Scores_and_segments_are_those_of_the_R_package()
    {
        var scored = RecencyFrequencyMonetary.Score(Read("rfm-orders.csv"), new DateOnly(2006, 12, 31));
        Assert.Equal(995, scored.Customers.Count);
        Assert.Equal([115, 181, 297.4, 482], scored.Cuts.Recency.Select(c => Math.Round(c, 6)));
        Assert.Equal([4, 5, 6, 8], scored.Cuts.Frequency);
        Assert.Equal([255.8, 382, 506.4, 666], scored.Cuts.Monetary.Select(c => Math.Round(c, 6)));
        foreach (var (name, days, orders, revenue, code) in new[] { ("Abbey O'Reilly", 205, 6, 472.0, 343), ("Add Senger", 140, 3, 340, 412), ("Aden Lesch", 194, 4, 405, 323), ("Aden Murphy", 98, 7, 596, 544), ("Admiral Senger", 132, 5, 448, 433) })
        {
            var one = scored.Customers.Single(c => c.Customer == name);
            Assert.Equal((days, orders, revenue, code), (one.RecencyDays, one.Orders, one.Revenue, one.R * 100 + one.F * 10 + one.M));
        }
        var champions = scored.Customers.Where(c => c.Segment == "Champions").ToList();
        Assert.Equal((158, 1_234, 120_178.0), (champions.Count, champions.Sum(c => c.Orders), champions.Sum(c => c.Revenue)));
        Assert.Equal(
            [("Loyal Customers", 278), ("Potential Loyalist", 229), ("Champions", 158), ("Lost", 111), ("At Risk", 86), ("About To Sleep", 50), ("Others", 48), ("Need Attention", 35)],
            scored.Customers.GroupBy(c => c.Segment).Select(g => (g.Key, g.Count())).OrderByDescending(g => g.Item2));
    }

    private static void Within(double expected, double actual, double part) => Assert.InRange(actual, expected * (1 - part), expected * (1 + part));

    private static Purchase On(string customer, string day, double value) => new(customer, DateOnly.Parse(day, CultureInfo.InvariantCulture), value);

    private static List<Purchase> Read(string file) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests", "Data", "calculations", file)).Skip(1).Select(line => line.Split(',')).Select(f =>
            new Purchase(f[0], DateOnly.Parse(f[1], CultureInfo.InvariantCulture), double.Parse(f[2], CultureInfo.InvariantCulture))),
    ];
}
