using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using ScottPlot;

namespace Crm.Reports;

/// <summary>
/// Stacked columns as an inline SVG. The library draws the shapes; the words are written here, because it would place them by
/// the fonts of this machine, and the same figures have to give the same bytes on every machine.
/// </summary>
public static partial class ColumnChart
{
    private const int Left = 40;
    private const int Below = 26;
    private const int Above = 14;

    /// <param name="id">Unique in its page.</param>
    /// <param name="description">What the picture shows, in words.</param>
    /// <param name="labelEvery">Every how many columns one is labelled.</param>
    /// <param name="width">Of the drawn area, in SVG units; height likewise.</param>
    public static string Svg(
        string id, string title, string description, IReadOnlyList<ChartColumn> columns, HtmlEncoder encoder, int labelEvery = 1, int width = 720, int height = 180)
    {
        var (step, top) = Scale(columns.Select(c => c.Parts.Sum(p => p.Value)).DefaultIfEmpty().Max());
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{-Left} {-Above} {width + Left} {height + Above + Below}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"{id}-title\">{encoder.Encode(title)}</title><desc id=\"{id}-desc\">{encoder.Encode(description)}</desc>\n");
        svg.Append(Shapes(id, columns, step, top, width, height));
        for (var value = 0; value <= top; value += step)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"-8\" y=\"{Round(height * (1 - (double)value / top) + 4)}\" text-anchor=\"end\" font-size=\"12\">{value}</text>\n");
        for (var i = 0; i < columns.Count; i += labelEvery)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Round(width * (i + .5) / columns.Count)}\" y=\"{height + 18}\" text-anchor=\"middle\" font-size=\"12\">{encoder.Encode(columns[i].Label)}</text>\n");
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Steps of 1, 2 or 5 times a power of ten, at most five of them; the top is the first step at or over the largest.</summary>
    internal static (int Step, int Top) Scale(int largest)
    {
        var step = 1;
        for (var i = 0; (long)step * 5 < largest; i++) step = i % 3 == 1 ? step / 2 * 5 : step * 2;
        return (step, Math.Max(1, (largest + step - 1) / step) * step);
    }

    private static string Shapes(string id, IReadOnlyList<ChartColumn> columns, int step, int top, int width, int height)
    {
        using var plot = new Plot();
        plot.FigureBackground.Color = Colors.Transparent;
        plot.Layout.Frameless();
        plot.HideGrid();
        for (var value = 0; value <= top; value += step)
        {
            var line = plot.Add.HorizontalLine(value, 1, Color.FromHex("#8a93a6").WithAlpha(value == 0 ? .8 : .25));
            line.EnableAutoscale = false;
        }
        plot.Add.Bars(BarsOf(columns));
        plot.Axes.SetLimits(-.5, columns.Count - .5, 0, top);
        var svg = plot.GetSvgXml(width, height);
        // The library numbers its clip paths through the life of the process.
        var names = new Dictionary<string, string>();
        svg = ClipId().Replace(svg, m => names.TryGetValue(m.Value, out var known) ? known : names[m.Value] = $"{id}-clip-{names.Count + 1}");
        return Content().Match(svg).Groups[1].Value.Trim().ReplaceLineEndings("\n") + "\n";
    }

    private static List<Bar> BarsOf(IReadOnlyList<ChartColumn> columns)
    {
        var bars = new List<Bar>();
        for (var i = 0; i < columns.Count; i++)
        {
            var from = 0;
            foreach (var part in columns[i].Parts.Where(p => p.Value > 0))
            {
                bars.Add(new Bar { Position = i, ValueBase = from, Value = from += part.Value, Size = .68, FillColor = Color.FromHex(part.Color), LineWidth = 0 });
            }
        }
        return bars;
    }

    private static string Round(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bcl_[0-9a-z]+\b")]
    private static partial Regex ClipId();

    [GeneratedRegex(@"<svg[^>]*>(.*)</svg>", RegexOptions.Singleline)]
    private static partial Regex Content();
}

/// <param name="Parts">From the bottom up.</param>
public sealed record ChartColumn(string Label, IReadOnlyList<ChartPart> Parts);

/// <param name="Color">As <c>#rrggbb</c>.</param>
public sealed record ChartPart(int Value, string Color);
