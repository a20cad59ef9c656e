using System.Globalization;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Crm.Reports;

/// <summary>Messages per hour as an inline SVG: received below, sent on top.</summary>
public static partial class HoursChart
{
    public const string InboundColor = "#3a4fd0";
    public const string OutboundColor = "#9aa7f2";

    /// <summary>The same hours give the same text.</summary>
    public static string Svg(IReadOnlyList<CommunicationHour> hours, int width = 720, int height = 220)
    {
        using var plot = new Plot();
        var bars = new List<Bar>();
        for (var i = 0; i < hours.Count; i++)
        {
            bars.Add(BarOf(i, 0, hours[i].Inbound, InboundColor));
            bars.Add(BarOf(i, hours[i].Inbound, hours[i].Inbound + hours[i].Outbound, OutboundColor));
        }
        plot.Add.Bars(bars);
        var labelled = Enumerable.Range(0, hours.Count).Where(i => i % 3 == 0).ToArray();
        plot.Axes.Bottom.SetTicks([.. labelled.Select(i => (double)i)], [.. labelled.Select(i => hours[i].Start.ToString("HH:mm", CultureInfo.InvariantCulture))]);
        plot.Axes.Margins(bottom: 0, top: .08, left: .01, right: .01);
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.Axes.Color(Color.FromHex("#6b7488"));
        plot.Grid.YAxisStyle.MajorLineStyle.Color = Color.FromHex("#8a93a6").WithAlpha(.25);
        if (hours.All(h => h.Inbound + h.Outbound == 0)) plot.Axes.SetLimitsY(0, 1);
        return Reproducible(plot.GetSvgXml(width, height), width, height);
    }

    private static Bar BarOf(double at, double from, double to, string color) => new()
    {
        Position = at,
        ValueBase = from,
        Value = to,
        Size = .72,
        FillColor = Color.FromHex(color),
        LineWidth = 0,
    };

    /// <summary>The library numbers its clip paths through the life of the process, and names fonts of this machine.</summary>
    private static string Reproducible(string svg, int width, int height)
    {
        var names = new Dictionary<string, string>();
        svg = ClipId().Replace(svg, m => names.TryGetValue(m.Value, out var known) ? known : names[m.Value] = $"clip-{names.Count + 1}");
        svg = FontFamily().Replace(svg, "font-family=\"system-ui, sans-serif\"");
        return Opening().Replace(svg[svg.IndexOf("<svg", StringComparison.Ordinal)..],
            string.Create(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"hours-title\"><title id=\"hours-title\">Messages per hour, received and sent</title>"), 1);
    }

    [GeneratedRegex(@"\bcl_[0-9a-z]+\b")]
    private static partial Regex ClipId();

    [GeneratedRegex(@"font-family=""[^""]*""")]
    private static partial Regex FontFamily();

    [GeneratedRegex(@"<svg[^>]*>")]
    private static partial Regex Opening();
}
