using Crm.Marketing.Attribution;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Marketing;

/// <summary>Worked examples of the literature, and that credit is neither made nor lost.</summary>
public sealed class CreditsTests
{
    private static readonly IReadOnlyList<TouchPath> Ads = [Path("google ads", 2, 1), Path("mailing", 1, 0), Path("google ads>mailing", 1, 0)];

    [Fact]
    public void Markov_credits_by_removal_effects()
    {
        Assert.Equal(.8, MarkovChain.ChanceOf(Ads), 12);
        var effects = MarkovChain.RemovalEffects(Ads);
        Assert.Equal(.75, effects["google ads"], 12);
        Assert.Equal(.5, effects["mailing"], 12);
        Same([("google ads", 2.4), ("mailing", 1.6)], Credits.Of(AttributionModel.Markov, Ads));
    }

    [Fact]
    public void Markov_credits_the_paper_s_example()
    {
        IReadOnlyList<TouchPath> paths = [Path("c1>c2>c3", 1, 0), Path("c1", 0, 1), Path("c2>c3", 0, 1)];
        Assert.Equal(1 / 3.0, MarkovChain.ChanceOf(paths), 12);
        Same([("c2", .4), ("c3", .4), ("c1", .2)], Credits.Of(AttributionModel.Markov, paths));
    }

    [Fact]
    public void Shapley_credits_the_published_example()
    {
        IReadOnlyList<TouchPath> paths =
        [
            Path("F", .2), Path("O", .1), Path("L", .17), Path("F>O", .17), Path("F>L", .3), Path("L>O", 0), Path("F>L>O", .06),
        ];
        var credits = Credits.Of(AttributionModel.Shapley, paths).ToDictionary(c => c.Channel, c => c.Value);
        Assert.Equal(.455, credits["F"], 12);
        Assert.Equal(.205, credits["O"], 12);
        Assert.Equal(.34, credits["L"], 12);
    }

    [Theory]
    [InlineData(1, new[] { 1.0 })]
    [InlineData(2, new[] { .5, .5 })]
    [InlineData(3, new[] { .4, .2, .4 })]
    [InlineData(4, new[] { .4, .1, .1, .4 })]
    [InlineData(5, new[] { .4, .0666667, .0666667, .0666667, .4 })]
    public void Position_based_gives_forty_twenty_forty(int touches, double[] expected) =>
        Same(expected, Credits.WeightsOf(AttributionModel.PositionBased, [.. Enumerable.Range(0, touches).Select(i => new Touch($"c{i}"))]), 1e-6);

    [Fact]
    public void Time_decay_halves_in_a_week() =>
        Same([.472926, .351383, .175691], Credits.WeightsOf(AttributionModel.TimeDecay, [new Touch("a", 0), new Touch("b", 3), new Touch("c", 10)]), 1e-6);

    [Fact]
    public void First_and_last_take_it_all_and_linear_shares()
    {
        IReadOnlyList<TouchPath> paths = [Path("a>b>b", 3, 1)];
        Same([("a", 3), ("b", 0)], Credits.Of(AttributionModel.First, paths));
        Same([("b", 3), ("a", 0)], Credits.Of(AttributionModel.Last, paths));
        Same([("b", 2), ("a", 1)], Credits.Of(AttributionModel.Linear, paths));
    }

    [Fact]
    public void Credits_sum_to_the_conversions_whatever_the_paths() =>
        Prop.ForAll(SomePaths.ToArbitrary(), paths =>
        {
            foreach (var model in Enum.GetValues<AttributionModel>())
            {
                var credits = Credits.Of(model, paths);
                var expected = model == AttributionModel.Markov && paths.All(p => p.Conversions == 0) ? 0 : paths.Sum(p => (double)p.Conversions);
                Assert.Equal(expected, credits.Sum(c => c.Conversions), 6);
                Assert.All(credits, c => Assert.True(c.Conversions >= 0 && double.IsFinite(c.Conversions)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Gen<IReadOnlyList<TouchPath>> SomePaths { get; } =
        from paths in (
            from touches in Gen.Elements("a", "b", "c", "d").NonEmptyListOf()
            from conversions in Gen.Choose(0, 5)
            from nulls in Gen.Choose(0, 5)
            select new TouchPath([.. touches.Select((t, i) => new Touch(t, touches.Count - i))], conversions, conversions * 2.5, nulls)).NonEmptyListOf()
        select (IReadOnlyList<TouchPath>)[.. paths];

    private static TouchPath Path(string touches, long conversions, long nulls) => new([.. touches.Split('>').Select(t => new Touch(t))], conversions, 0, nulls);

    private static TouchPath Path(string touches, double value) => new([.. touches.Split('>').Select(t => new Touch(t))], 0, value, 0);

    private static void Same(IEnumerable<(string Channel, double Conversions)> expected, IReadOnlyList<Credit> actual)
    {
        Assert.Equal(expected.Select(e => e.Channel), actual.Select(a => a.Channel));
        Same([.. expected.Select(e => e.Conversions)], [.. actual.Select(a => a.Conversions)], 1e-9);
    }

    private static void Same(double[] expected, double[] actual, double within)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], within);
    }
}
