using Crm.Channels.Mime;

namespace Crm.Tests.Functions.Channels.Mime;

/// <summary>Hostile case 22: nothing of a sender's HTML runs, loads, covers or asks.</summary>
public sealed class SafeHtmlTests
{
    [Theory]
    [InlineData("<p>a</p><script>alert(1)</script>", "<p>a</p>")]
    [InlineData("<p onclick=\"x()\">a</p>", "<p>a</p>")]
    [InlineData("<a href=\"javascript:alert(1)\">a</a>", "<a rel=\"noopener noreferrer nofollow\" target=\"_blank\">a</a>")]
    [InlineData("<a href=\"data:text/html,x\">a</a>", "<a rel=\"noopener noreferrer nofollow\" target=\"_blank\">a</a>")]
    [InlineData("<a href=\"https://a.example/\">a</a>", "<a href=\"https://a.example/\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">a</a>")]
    [InlineData("<img src=\"https://t.example/pixel.gif\" alt=\"x\">", "<img alt=\"x\">")]
    [InlineData("<img src=\"cid:logo\">", "<img src=\"cid:logo\">")]
    [InlineData("<div style=\"background:url(https://t.example/x);color:red\">a</div>", "<div style=\"background-color: initial; color: rgba(255, 0, 0, 1)\">a</div>")]
    [InlineData("<div style=\"position:fixed;top:0\">a</div>", "<div>a</div>")]
    [InlineData("<style>@import url(https://t.example/x.css);</style><p>a</p>", "<p>a</p>")]
    [InlineData("<base href=\"https://t.example/\"><meta http-equiv=\"refresh\" content=\"0;url=https://t.example\"><p>a</p>", "<p>a</p>")]
    [InlineData("<form action=\"https://t.example\"><input name=\"password\"><p>a</p></form>", "")]
    [InlineData("<!--[if mso]><p>b</p><![endif]--><p>a</p>", "<p>a</p>")]
    [InlineData("<svg onload=\"x()\"><a xlink:href=\"javascript:x()\">a</a></svg>", "")]
    [InlineData("<table background=\"https://t.example/x\"><tr><td>a</td></tr></table>", "<table><tbody><tr><td>a</td></tr></tbody></table>")]
    public void What_could_do_harm_is_gone(string html, string expected) => Assert.Equal(expected, SafeHtml.Of(html));

    [Fact]
    public void Ten_thousand_nested_tables_are_left_out_at_once() =>
        Assert.Null(SafeHtml.Of(string.Concat(Enumerable.Repeat("<table><tr><td>", 10_000)) + "x"));

    [Fact]
    public void Many_elements_beside_each_other_are_not_deep() =>
        Assert.NotNull(SafeHtml.Of(string.Concat(Enumerable.Repeat("<p>a<br>b</p>", 2_000))));

    [Fact]
    public void Five_megabytes_on_one_line_are_cut() => Assert.True(SafeHtml.Of(new string('a', 5_000_000))!.Length <= 150_000);

    [Fact]
    public void The_words_alone_keep_their_lines_and_lose_what_nobody_sees() =>
        Assert.Equal(
            "Hello Ann & Bob\nsecond\n\nthird",
            SafeHtml.TextOf("<html><head><title>t</title><style>p{}</style></head><body><p>Hello&nbsp;Ann &amp;\n Bob</p><div>second</div><br><script>x()</script>third</body></html>"));
}
