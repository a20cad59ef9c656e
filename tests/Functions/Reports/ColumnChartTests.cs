using System.Globalization;
using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Crm.Reports;

namespace Crm.Tests.Functions.Reports;

public sealed class ColumnChartTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(5, 1, 5)]
    [InlineData(6, 2, 6)]
    [InlineData(11, 5, 15)]
    [InlineData(26, 10, 30)]
    [InlineData(101, 50, 150)]
    [InlineData(1_000_001, 500_000, 1_500_000)]
    public void The_scale_has_at_most_five_even_steps_and_holds_the_largest(int largest, int step, int top)
    {
        Assert.Equal((step, top), ColumnChart.Scale(largest));
        Assert.InRange(top / step, 1, 5);
        Assert.True(top >= largest);
    }

    [Fact]
    public void Columns_are_as_high_as_their_figures_and_stand_over_their_labels()
    {
        var svg = Parse([new("a", [new(4, "#3a4fd0"), new(2, "#cf7a1c")]), new("b", [new(0, "#3a4fd0"), new(3, "#cf7a1c")])]);
        var bars = svg.QuerySelectorAll("g > rect").Select(r => (Fill: r.GetAttribute("fill")!, X: Number(r, "x"), Y: Number(r, "y"), Width: Number(r, "width"), Height: Number(r, "height"))).ToList();
        // The scale goes to 6 over 60 units.
        Assert.Equal([("#3a4fd0", 20d, 40d), ("#cf7a1c", 0d, 20d), ("#cf7a1c", 30d, 30d)], bars.Select(b => (b.Fill.ToLowerInvariant(), Math.Round(b.Y), Math.Round(b.Height))));
        var labels = svg.QuerySelectorAll("text[text-anchor=middle]").ToList();
        Assert.Equal(["a", "b"], labels.Select(l => l.TextContent));
        Assert.Equal(Number(labels[0], "x"), bars[0].X + bars[0].Width / 2, 1);
        Assert.Equal(Number(labels[1], "x"), bars[2].X + bars[2].Width / 2, 1);
        Assert.Equal(["0", "2", "4", "6"], svg.QuerySelectorAll("text[text-anchor=end]").Select(l => l.TextContent));
    }

    [Fact]
    public void Words_are_text_and_never_markup()
    {
        var svg = Parse([new("</text><script>alert(1)</script>", [new(1, "#3a4fd0")])]);
        Assert.Empty(svg.QuerySelectorAll("script"));
        Assert.Equal("</text><script>alert(1)</script>", svg.QuerySelector("text[text-anchor=middle]")!.TextContent);
    }

    [Fact]
    public void What_has_no_room_is_one_column_that_says_how_many_it_stands_for()
    {
        var shares = Enumerable.Range(1, 8).Select(i => new CommunicationShare($"c{i}", 10 - i, 1)).ToList();
        var shown = CommunicationShare.Largest(shares, 6);
        Assert.Equal(["c1", "c2", "c3", "c4", "c5", "+3 more"], shown.Select(s => s.Label));
        Assert.Equal((shares.Sum(s => s.Inbound), shares.Sum(s => s.Outbound)), (shown.Sum(s => s.Inbound), shown.Sum(s => s.Outbound)));
        Assert.Same(shares, CommunicationShare.Largest(shares, 8));
    }

    private static IElement Parse(IReadOnlyList<ChartColumn> columns) =>
        new HtmlParser().ParseDocument(ColumnChart.Svg("x", "Title", "Description", columns, HtmlEncoder.Default, width: 100, height: 60)).QuerySelector("svg")!;

    private static double Number(IElement element, string name) => double.Parse(element.GetAttribute(name) ?? "0", CultureInfo.InvariantCulture);
}
