using AngleSharp.Dom;
using Crm.Console;
using Crm.Model;

namespace Crm.Tests.Functions.Console;

/// <summary>What each page tells.</summary>
public sealed class PagesTests
{
    [Fact]
    public async Task A_customer_row_leads_to_the_customer_and_tells_when_something_last_happened()
    {
        var page = (await SomePages.Customers([SomePages.Customer, SomePages.Customer with { Id = "other", Name = null, Emails = [] }], "a b")).Page;
        var rows = page.QuerySelectorAll("tbody tr");
        Assert.Equal($"/console/customers/{SomePages.Customer.Id}", rows[0].QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("2026-03-29 03:30", rows[0].Children[2].TextContent.Trim());
        Assert.Equal("No name yet", rows[1].QuerySelector("a")!.TextContent);
        Assert.Equal("+4930123456", rows[1].Children[1].TextContent);
        Assert.Equal("none yet", rows[1].Children[2].TextContent.Trim());
        Assert.NotNull(page.QuerySelector(".pager a[rel=next]"));
    }

    [Fact]
    public async Task Where_there_is_nothing_yet_a_page_says_how_it_will_come()
    {
        Assert.Contains("POST /api/customers", (await SomePages.Customers([])).Page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("will stand here", (await SomePages.OneCustomer([])).Page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("fifteen minutes", (await SomePages.Reports([])).Page.QuerySelector(".empty")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await SomePages.Customers([])).Page.QuerySelector("table, .pager"));
    }

    [Fact]
    public async Task Direction_language_and_sentiment_are_said_in_words()
    {
        var entry = (await SomePages.OneCustomer([SomePages.Item(SomePages.Insight)])).Page.QuerySelector(".line > li")!;
        Assert.Contains("Inbound", entry.TextContent, StringComparison.Ordinal);
        Assert.Contains("Language: zh", entry.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sentiment: negative -0.81", entry.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/console/events/{SomePages.Activity.Id}", entry.QuerySelector(".follow")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Nothing_is_said_of_a_text_that_no_model_has_read()
    {
        var unread = SomePages.Insight with { Language = "und", Sentiment = null, Label = SentimentLabel.Unknown };
        foreach (var insight in new[] { unread, null })
        {
            var entry = (await SomePages.OneCustomer([SomePages.Item(insight)])).Page.QuerySelector(".line > li")!;
            Assert.DoesNotContain("Sentiment", entry.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("Language", entry.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_long_text_is_cut_between_characters()
    {
        var text = new string('x', Excerpts.Length - 1) + "🚲" + new string('x', 50);
        var entry = (await SomePages.OneCustomer([SomePages.Item(null, text)])).Page.QuerySelector(".line p")!;
        Assert.Equal(new string('x', Excerpts.Length - 1) + "…", entry.TextContent);
    }

    [Fact]
    public async Task A_stage_tells_its_state_in_words_its_time_and_how_long_it_took()
    {
        var page = (await SomePages.Event(null, null,
            new TrailStage("receipt", StageState.Done, SomePages.At, "7", []),
            new TrailStage("claim", StageState.Done, SomePages.At.AddMilliseconds(35), null, [new("customerId", "abc")]),
            new TrailStage("insights", StageState.Waiting, null, null, []),
            new TrailStage("report", StageState.Quarantined, SomePages.At.AddSeconds(4.2), null, [new("url", "/api/reports/daily-communication/runs/2026-03-28/report.html")]))).Page;
        var stages = page.QuerySelectorAll(".steps > li");
        Assert.Equal(["done", "done", "waiting", "quarantined"], stages.Select(s => s.QuerySelector(".chip")!.TextContent));
        Assert.Contains("Version 7", Text(stages[0]), StringComparison.Ordinal);
        Assert.Contains("+35 ms", Text(stages[1]), StringComparison.Ordinal);
        Assert.Contains("not yet", Text(stages[2]), StringComparison.Ordinal);
        Assert.Contains("+4.2 s", Text(stages[3]), StringComparison.Ordinal);
        Assert.Equal("/console/customers/abc", stages[1].QuerySelector("dd a")!.GetAttribute("href"));
        Assert.Equal("/console/reports/daily-communication/2026-03-28/report.html", stages[3].QuerySelector("dd a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Data_is_not_translated_our_own_words_are()
    {
        var page = (await SomePages.Event(null, Words.Chinese, new TrailStage("claim", StageState.Done, SomePages.At, null, [new("decision", "first receipt of this event"), new("webhook-id", "Customers")]))).Page;
        Assert.Equal(["此事件的首个收件", "Customers"], page.QuerySelectorAll(".steps dd").Select(d => d.TextContent.Trim()));
    }

    [Fact]
    public async Task The_raw_request_is_folded_and_shown_as_it_came()
    {
        var page = (await SomePages.Event(RawRequest.Of("application/json", "{\n  \"a\": \"<b>\"\n}"u8))).Page;
        Assert.False(page.QuerySelector("details")!.HasAttribute("open"));
        Assert.Equal("{\n  \"a\": \"<b>\"\n}", page.QuerySelector("pre")!.TextContent);
    }

    [Fact]
    public async Task The_latest_report_stands_first_with_its_facts_and_all_files_are_linked()
    {
        var page = (await SomePages.Reports([SomePages.Run])).Page;
        Assert.Equal(["2026-03-28", "1,234", "2 late-data", "2026-03-29 03:30"], page.QuerySelectorAll(".latest dd").Select(d => d.TextContent.Trim()));
        var folder = "/console/reports/daily-communication/2026-03-28/";
        Assert.Equal(folder + "report.html", page.QuerySelector(".latest a")!.GetAttribute("href"));
        Assert.Equal(
            ["report.html", "rows.csv", "rows.ndjson", "manifest.json"],
            page.QuerySelectorAll(".links a").Select(a => a.GetAttribute("href")!.Replace(folder, "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_sign_in_form_posts_the_key_the_token_and_the_way_back()
    {
        var form = (await SomePages.SignIn()).Page.QuerySelector("main form")!;
        Assert.Equal(("post", "/console/sign-in"), (form.GetAttribute("method"), form.GetAttribute("action")));
        var key = form.QuerySelector("#key")!;
        Assert.Equal(("password", "off", "key"), (key.GetAttribute("type"), key.GetAttribute("autocomplete"), key.GetAttribute("name")));
        Assert.Equal("token", form.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value"));
        Assert.Equal(SomePages.Hostile, form.QuerySelector("[name=returnTo]")!.GetAttribute("value"));
        Assert.Equal("This key is not known here.", (await SomePages.SignIn()).Page.QuerySelector("[role=alert]")!.TextContent);
    }

    [Theory]
    [InlineData(400, "This address does not work")]
    [InlineData(403, "Not for this key")]
    [InlineData(404, "Nothing here")]
    [InlineData(500, "Something went wrong on our side")]
    [InlineData(503, "Not just now")]
    public async Task A_problem_is_told_in_a_persons_words_with_the_trace_id(int status, string title)
    {
        var page = (await SomePages.Problem(status)).Page;
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
        Assert.Contains("53ca492db67b339e7affd1d1b3a45261", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/console", page.QuerySelector("main a.button")!.GetAttribute("href"));
    }

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
