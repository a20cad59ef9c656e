using System.Text.RegularExpressions;
using Crm.Console;

namespace Crm.Tests.Functions.Console;

/// <summary>What holds on every page, whatever it shows.</summary>
public sealed class EveryPageTests
{
    [Fact]
    public async Task What_came_from_outside_is_text()
    {
        foreach (var (name, rendered) in await SomePages.All())
        {
            Assert.True(rendered.Page.Scripts.Length == 0, $"{name} has a script");
            Assert.True(rendered.Page.QuerySelector("img, iframe, object") is null, $"{name} has an element from outside");
            Assert.DoesNotContain(rendered.Page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
            Assert.Contains("<script>alert(1)</script>", rendered.Page.QuerySelector(".brand")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Chinese_is_sent_as_it_is_written()
    {
        foreach (var (name, rendered) in await SomePages.All()) Assert.True(rendered.Html.Contains("非常感谢", StringComparison.Ordinal), name);
    }

    [Fact]
    public async Task Headings_begin_with_one_h1_and_skip_no_level()
    {
        foreach (var (name, rendered) in await SomePages.All())
        {
            var levels = rendered.Page.QuerySelectorAll("h1, h2, h3, h4").Select(h => h.LocalName[1] - '0').ToList();
            Assert.True(levels[0] == 1 && levels.Count(l => l == 1) == 1, $"{name}: {string.Join(' ', levels)}");
            Assert.True(levels.Zip(levels.Skip(1)).All(p => p.Second <= p.First + 1), $"{name}: {string.Join(' ', levels)}");
        }
    }

    [Fact]
    public async Task A_page_has_its_landmarks_a_title_and_a_way_past_the_navigation()
    {
        foreach (var (name, rendered) in await SomePages.All())
        {
            var page = rendered.Page;
            Assert.True(page.QuerySelectorAll("header").Length == 1 && page.QuerySelectorAll("main").Length == 1 && page.QuerySelectorAll("footer").Length == 1, name);
            Assert.Equal("#content", page.QuerySelector("body > a")!.GetAttribute("href"));
            Assert.Equal("main", page.GetElementById("content")!.LocalName);
            Assert.Contains(" · ", page.Title, StringComparison.Ordinal);
        }
    }

    /// <summary>The console's policy allows neither; the browser would drop them in silence.</summary>
    [Fact]
    public async Task No_page_brings_styles_or_asks_another_site()
    {
        foreach (var (name, rendered) in await SomePages.All())
        {
            Assert.True(rendered.Page.QuerySelector("[style], style") is null, $"{name} has inline styles");
            var addresses = rendered.Page.QuerySelectorAll("[href], [src], [action]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src") ?? e.GetAttribute("action")!);
            Assert.All(addresses, a => Assert.True(a is "#content" or "data:," || a == "/console" || a.StartsWith("/console/", StringComparison.Ordinal), $"{name}: {a}"));
        }
    }

    [Fact]
    public async Task Every_field_has_a_label_and_every_group_it_names_is_there()
    {
        foreach (var (name, rendered) in await SomePages.All())
        {
            foreach (var input in rendered.Page.QuerySelectorAll("input:not([type=hidden])")) Assert.NotNull(rendered.Page.QuerySelector($"label[for={input.Id}]"));
            foreach (var named in rendered.Page.QuerySelectorAll("[aria-labelledby]"))
                Assert.True(rendered.Page.GetElementById(named.GetAttribute("aria-labelledby")!) is not null, $"{name}: {named.GetAttribute("aria-labelledby")}");
            var ids = rendered.Page.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }
    }

    [Fact]
    public async Task Times_are_the_companys_and_the_machines()
    {
        foreach (var (name, rendered) in await SomePages.All())
        {
            foreach (var time in rendered.Page.QuerySelectorAll("time"))
            {
                Assert.Equal("2026-03-29T01:30:05.123Z", time.GetAttribute("datetime"));
                Assert.Equal("2026-03-29T01:30:05.123Z", time.GetAttribute("title"));
                Assert.True(time.TextContent is "2026-03-29 03:30" or "2026-03-29 03:30:05.123", $"{name}: {time.TextContent}");
            }
        }
    }

    [Fact]
    public async Task In_Chinese_no_English_label_is_left()
    {
        // What is the same in both languages, and what is data here.
        string[] same = ["Crm", "CSV", "HTML", "NDJSON", "manifest", "email", "zh"];
        foreach (var (name, rendered) in await SomePages.All(Words.Chinese))
        {
            Assert.Equal("zh-Hans", rendered.Page.DocumentElement.GetAttribute("lang"));
            var labels = rendered.Page.QuerySelectorAll("h1, h2, th, dt, label, button, .chip, nav a, .empty strong, .lead, summary")
                .Select(e => e.TextContent.Replace(SomePages.Hostile, "", StringComparison.Ordinal)).Where(t => !same.Contains(t.Trim(), StringComparer.Ordinal));
            Assert.All(labels, t => Assert.False(Regex.IsMatch(t.Replace("API", "", StringComparison.Ordinal).Replace("cursor", "", StringComparison.Ordinal).Replace("zh", "", StringComparison.Ordinal), "[A-Za-z]{3}"), $"{name}: {t}"));
        }
    }

    [Fact]
    public void Every_name_of_a_fact_has_a_translation() =>
        Assert.DoesNotContain(FactNames.All.Values, text => Words.Chinese[text] == text);
}
