using Crm.Marketing.Experiments;

namespace Crm.Tests.Functions.Marketing;

public sealed class ProportionsTests
{
    [Fact]
    public void The_z_test_gives_the_published_figures()
    {
        var (z, p) = Proportions.ZTest(5, 83, 12, 99)!.Value;
        Assert.Equal(-1.4078304, z, 1e-6);
        Assert.Equal(.1591813, p, 1e-6);
    }

    [Theory]
    [InlineData(0, 10, 0, 20)]
    [InlineData(10, 10, 20, 20)]
    public void Where_nobody_or_everybody_succeeds_there_is_no_z(long a, long n, long b, long m) => Assert.Null(Proportions.ZTest(a, n, b, m));

    [Fact]
    public void The_chance_that_B_is_higher_is_exact_and_does_not_depend_on_the_order()
    {
        Assert.Equal(.9231834, Proportions.ChanceBHigher(100, 1000, 120, 1000), 1e-6);
        Assert.Equal(1 - .9231834, Proportions.ChanceBHigher(120, 1000, 100, 1000), 1e-6);
        Assert.Equal(.5, Proportions.ChanceBHigher(7, 50, 7, 50), 1e-9);
        Assert.Equal(1, Proportions.ChanceBHigher(10_000, 1_000_000, 20_000, 1_000_000), 1e-9);
    }

    [Fact]
    public void Wilson_s_interval_is_the_textbook_s_and_stays_within_0_and_1()
    {
        // Newcombe 1998, method 3: 81 of 263, and 0 of 20.
        var (low, high) = Proportions.Wilson(81, 263, .95);
        Assert.Equal(.2553, low, 1e-4);
        Assert.Equal(.3662, high, 1e-4);
        (low, high) = Proportions.Wilson(0, 20, .95);
        Assert.Equal(0, low, 1e-12);
        Assert.Equal(.1611, high, 1e-4);
    }

    [Fact]
    public void An_uneven_split_shows()
    {
        Assert.Equal(1, Proportions.SampleRatio([500, 500], [1, 1]), 12);
        Assert.InRange(Proportions.SampleRatio([5_050, 4_950], [1, 1]), .3, .33);
        Assert.InRange(Proportions.SampleRatio([5_300, 4_700], [1, 1]), 0, 1e-8);
        Assert.Equal(1, Proportions.SampleRatio([900, 100], [9, 1]), 12);
    }
}
