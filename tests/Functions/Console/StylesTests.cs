using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Crm.Console;

namespace Crm.Tests.Functions.Console;

/// <summary>The stylesheet: small, alone, and readable in both schemes.</summary>
public sealed partial class StylesTests
{
    private static readonly string Css = Read();

    [Fact]
    public void The_stylesheet_is_small_and_asks_nobody()
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(Css), 1, 15_000);
        Assert.DoesNotContain("url(", Css, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", Css, StringComparison.Ordinal);
    }

    /// <summary>WCAG 2.2, 1.4.3: 4.5 to 1 for text of this size.</summary>
    [Theory]
    [InlineData("ink", "surface")]
    [InlineData("ink", "sunken")]
    [InlineData("ink-2", "surface")]
    [InlineData("ink-2", "ground")]
    [InlineData("ink-2", "sunken")]
    [InlineData("ink-3", "surface")]
    [InlineData("ink-3", "ground")]
    [InlineData("ink-3", "sunken")]
    [InlineData("accent-text", "surface")]
    [InlineData("accent-text", "sunken")]
    [InlineData("accent-text", "accent-soft")]
    [InlineData("accent-ink", "accent")]
    [InlineData("good", "good-soft")]
    [InlineData("bad", "bad-soft")]
    [InlineData("wait", "wait-soft")]
    [InlineData("mild", "mild-soft")]
    [InlineData("mild", "surface")]
    public void Text_stands_out_from_its_ground_in_light_and_dark(string text, string ground)
    {
        foreach (var scheme in Palettes())
        {
            var ratio = Contrast(scheme[text], scheme[ground]);
            Assert.True(ratio >= 4.5, $"--{text} on --{ground}: {ratio:0.00}");
        }
    }

    /// <summary>WCAG 2.2, 1.4.11: 3 to 1 for what shows the focus.</summary>
    [Fact]
    public void The_focus_is_seen_on_every_ground() =>
        Assert.All(Palettes(), p => Assert.All(new[] { "ground", "surface", "sunken" }, g => Assert.True(Contrast(p["accent"], p[g]) >= 3)));

    [Fact]
    public void Every_name_that_is_used_is_defined_in_both_schemes()
    {
        var used = Use().Matches(Css).Select(m => m.Groups[1].Value).ToHashSet();
        var palettes = Palettes();
        Assert.Subset(new HashSet<string>([.. palettes[0].Keys, "radius", "shadow", "mono"]), used);
        Assert.Equal(palettes[0].Keys.Order(), Definition().Matches(Css[Css.IndexOf("dark)", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value).Order());
    }

    private static List<Dictionary<string, string>> Palettes()
    {
        var dark = Css.IndexOf("prefers-color-scheme: dark", StringComparison.Ordinal);
        var light = Definition().Matches(Css[..dark]).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        var night = new Dictionary<string, string>(light);
        foreach (Match m in Definition().Matches(Css[dark..])) night[m.Groups[1].Value] = m.Groups[2].Value;
        return [light, night];
    }

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + .05) / (Math.Min(x, y) + .05);
    }

    /// <summary>Relative luminance of sRGB, as WCAG 2.2 defines it.</summary>
    private static double Luminance(string hex)
    {
        double Part(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return value <= .04045 ? value / 12.92 : Math.Pow((value + .055) / 1.055, 2.4);
        }
        return .2126 * Part(1) + .7152 * Part(3) + .0722 * Part(5);
    }

    private static string Read()
    {
        using var reader = new StreamReader(typeof(GetAsset).Assembly.GetManifestResourceStream("Console/console.css")!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"--([a-z0-9-]+): (#[0-9a-f]{6})")]
    private static partial Regex Definition();

    [GeneratedRegex(@"var\(--([a-z0-9-]+)\)")]
    private static partial Regex Use();
}
