using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using AngleSharp.Html.Parser;
using Crm.Model;
using Crm.Reports;
using Crm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Reports;

public sealed class DailyCommunicationTests
{
    private static readonly Company Berlin = new("Northwind Bikes 单车", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
    private static readonly DateOnly Day = new(2026, 11, 22);
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    [Fact]
    public async Task The_files_are_the_approved_ones()
    {
        foreach (var file in await Render(Figures())) Golden.Match($"reports/daily-communication/{file.Name}", file.Bytes);
    }

    [Fact]
    public async Task The_same_figures_give_the_same_bytes()
    {
        var first = await Render(Figures());
        var second = await Render(Figures());
        Assert.Equal(first.Select(f => Convert.ToHexString(f.Bytes)), second.Select(f => Convert.ToHexString(f.Bytes)));
    }

    [Fact]
    public void Sums_do_not_depend_on_the_order_of_the_contributions() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Contribution)), list =>
        {
            var figures = DailyCommunication.From(Berlin, Day, list);
            var reversed = DailyCommunication.From(Berlin, Day, list.AsEnumerable().Reverse());
            return figures.Total == list.Sum(c => c.Cells.Sum(x => x.Count))
                && figures.Total == figures.Hours.Sum(h => h.Inbound + h.Outbound)
                && figures.Rows.SequenceEqual(reversed.Rows) && figures.Hours.SequenceEqual(reversed.Hours)
                && figures.MeanCompound.Equals(reversed.MeanCompound);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(2026, 3, 29, 23)]
    [InlineData(2026, 10, 25, 25)]
    [InlineData(2026, 11, 22, 24)]
    public void A_day_has_as_many_hours_as_the_clock_gives_it(int year, int month, int day, int hours) =>
        Assert.Equal(hours, DailyCommunication.From(Berlin, new DateOnly(year, month, day), []).Hours.Count);

    [Fact]
    public async Task What_came_from_outside_is_text_in_the_page()
    {
        var hostile = new Company("<script>alert(1)</script>", TimeZoneInfo.Utc);
        var html = Encoding.UTF8.GetString((await Render(DailyCommunication.From(hostile, Day, [OneCustomer(language: "<b>")])))[0].Bytes);
        var page = await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken);
        Assert.Empty(page.Scripts);
        Assert.Empty(page.QuerySelectorAll("td b"));
        Assert.Contains("<script>alert(1)</script>", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_formula_in_a_field_stays_text_in_a_spreadsheet()
    {
        var csv = Encoding.UTF8.GetString((await Render(DailyCommunication.From(Berlin, Day, [OneCustomer(language: "=HYPERLINK(1)")])))[1].Bytes);
        Assert.Contains("'=HYPERLINK(1)", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=HYPERLINK", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_names_every_file_with_its_hash_and_every_column()
    {
        var files = await Render(Figures());
        var manifest = JsonNode.Parse(files[3].Bytes)!;
        foreach (var file in files.Take(3))
        {
            var entry = manifest["files"]!.AsArray().Single(f => f!["name"]!.GetValue<string>() == file.Name)!;
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file.Bytes)), entry["sha256"]!.GetValue<string>());
            Assert.Equal(file.Bytes.Length, entry["bytes"]!.GetValue<int>());
        }
        var header = Encoding.UTF8.GetString(files[1].Bytes).Split("\r\n")[0].Split(',');
        Assert.Equal(header, manifest["columns"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()));
        var row = JsonNode.Parse(Encoding.UTF8.GetString(files[2].Bytes).Split('\n')[0])!.AsObject();
        Assert.Equal(header, row.Select(p => p.Key));
    }

    [Fact]
    public async Task A_day_without_anything_says_so()
    {
        var html = Encoding.UTF8.GetString((await Render(DailyCommunication.From(Berlin, Day, [])))[0].Bytes);
        Assert.Contains("There was no communication on this day.", html, StringComparison.Ordinal);
    }

    /// <summary>Another machine has other fonts; the bytes may not change with them.</summary>
    [Fact]
    public async Task The_fonts_of_the_machine_do_not_show_in_a_report()
    {
        var usual = ScottPlot.Fonts.Default;
        var first = await Render(Figures());
        try
        {
            ScottPlot.Fonts.Default = ScottPlot.Fonts.Monospace;
            Assert.Equal(Convert.ToHexString(first[0].Bytes), Convert.ToHexString((await Render(Figures()))[0].Bytes));
        }
        finally
        {
            ScottPlot.Fonts.Default = usual;
        }
        var page = await Page(Figures());
        var words = page.QuerySelectorAll("svg text");
        Assert.NotEmpty(words);
        Assert.All(words, w => Assert.True(w.HasAttribute("text-anchor") && !w.HasAttribute("font-family")));
    }

    [Fact]
    public async Task Every_picture_has_a_name_a_description_and_its_figures_as_a_table()
    {
        var page = await Page(Figures());
        var pictures = page.QuerySelectorAll("svg");
        Assert.Equal(4, pictures.Length);
        foreach (var picture in pictures)
        {
            Assert.Equal("img", picture.GetAttribute("role"));
            foreach (var id in picture.GetAttribute("aria-labelledby")!.Split(' ')) Assert.NotEmpty(page.GetElementById(id)!.TextContent);
            Assert.NotNull(picture.Closest("section")!.QuerySelector("table"));
        }
        Assert.Null(page.QuerySelector("[style]"));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public async Task Headings_begin_with_one_h1_and_skip_no_level() =>
        Assert.Equal(["H1", "H2", "H2", "H2", "H2", "H2", "H2"], (await Page(Figures())).QuerySelectorAll("h1, h2, h3, h4").Select(h => h.TagName));

    [Fact]
    public async Task The_hour_that_a_clock_has_twice_is_told_apart_by_its_offset()
    {
        var day = new DateOnly(2026, 10, 25);
        var page = await Page(DailyCommunication.From(Berlin, day, [OneCustomer() with { Day = day }]));
        var hours = page.QuerySelector("#hours")!.Closest("section")!.QuerySelectorAll("tbody th").Select(h => h.TextContent).ToList();
        Assert.Equal(25, hours.Distinct().Count());
        Assert.Equal(["01:00 +02:00", "02:00 +02:00", "02:00 +01:00", "03:00 +01:00"], hours[1..5]);
    }

    [Fact]
    public async Task Shares_by_channel_and_language_add_up_to_the_day()
    {
        var figures = Figures();
        var page = await Page(figures);
        foreach (var id in new[] { "hours", "channels", "languages" })
        {
            var cells = page.GetElementById(id)!.Closest("section")!.QuerySelectorAll("tbody td").Select(c => int.Parse(c.TextContent, System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(figures.Inbound, cells.Where((_, i) => i % 2 == 0).Sum());
            Assert.Equal(figures.Total - figures.Inbound, cells.Where((_, i) => i % 2 == 1).Sum());
        }
    }

    [Fact]
    public async Task The_page_tells_why_this_revision_exists() =>
        Assert.Contains("revision 2 (late data)", (await Page(Figures())).QuerySelector("footer")!.TextContent, StringComparison.Ordinal);

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> Page(DailyCommunication figures) =>
        await new HtmlParser().ParseDocumentAsync(Encoding.UTF8.GetString((await Render(figures))[0].Bytes), TestContext.Current.CancellationToken);

    private static Task<IReadOnlyList<ReportFile>> Render(DailyCommunication figures) => DailyCommunicationFiles.Render(figures, 2, "late-data", Encoder);

    private static DailyCommunication Figures() => DailyCommunication.From(Berlin, Day,
    [
        OneCustomer(),
        OneCustomer("b", hour: 13, Channel.Whatsapp, Direction.Outbound, "zh", count: 2, unknown: 2, compound: 0),
        OneCustomer("c", hour: 22, Channel.Email, Direction.Inbound, "en", count: 3, negative: 2, positive: 1, compound: -.8),
    ]);

    private static CommunicationContribution OneCustomer(
        string id = "a", int hour = 8, Channel channel = Channel.Email, Direction direction = Direction.Inbound, string language = "en",
        int count = 1, int positive = 0, int neutral = 0, int negative = 0, int unknown = 0, double compound = .4404)
    {
        if (positive + neutral + negative + unknown == 0) positive = count;
        return new CommunicationContribution
        {
            Id = id,
            View = CommunicationContribution.ViewOf(Day, id),
            CustomerId = id,
            Day = Day,
            TimeZone = "Europe/Berlin",
            FirstContact = id == "b",
            LatestReceivedAt = new DateTimeOffset(2026, 11, 22, hour, 0, 1, TimeSpan.Zero),
            Cells = [new CommunicationCell(new DateTimeOffset(2026, 11, 22, hour, 0, 0, TimeSpan.Zero), channel, direction, language, count, positive, neutral, negative, unknown, compound)],
        };
    }

    private static Gen<CommunicationContribution> Contribution =>
        from id in Gen.Elements("a", "b", "c", "d")
        from hour in Gen.Choose(0, 22)
        from channel in Gen.Elements(Enum.GetValues<Channel>())
        from direction in Gen.Elements(Enum.GetValues<Direction>())
        from language in Gen.Elements("en", "zh", "und")
        from counts in Gen.ListOf(Gen.Choose(0, 5), 4)
        from compound in Gen.Choose(-10_000, 10_000)
        select OneCustomer(id, hour, channel, direction, language, counts.Sum(), counts[0], counts[1], counts[2], counts[3], compound / 10_000d);
}
