using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Crm.Console;
using Crm.Operations;
using Crm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Journeys;

/// <summary>What a person sees, through the real host: sign in, customer, event, reports, sign out.</summary>
public sealed class ConsoleTests : IAsyncLifetime
{
    private World _world = null!;
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await World.Begin(("Company:Name", "Northwind & Söhne"));
        _browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _world.Url };
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task A_person_signs_in_reads_and_signs_out()
    {
        await (await _world.Connect()).Deliver(StandardSender.Message("ann@example.org", "非常感谢！ <script>alert(1)</script> Thank you!", World.Start.AddDays(-1), name: "Ann <b>Larkin</b>"));
        await _world.Settle();
        await _world.Admin.Make("/api/reports/daily-communication/runs", new { day = "2026-11-22" }, HttpStatusCode.OK);

        await SignIn(World.AdminKey, "/console/customers");
        var customers = await Page("/console/customers");
        Assert.Equal("Northwind & Söhne", customers.QuerySelector(".brand")!.TextContent.Trim());
        var link = (IHtmlAnchorElement)customers.QuerySelector("a.name")!;
        Assert.Equal("Ann <b>Larkin</b>", link.TextContent);

        var customer = await Page(link.PathName);
        Assert.Empty(customer.Scripts);
        Assert.Contains("非常感谢！ <script>alert(1)</script>", customer.QuerySelector(".line")!.TextContent, StringComparison.Ordinal);
        var follow = (IHtmlAnchorElement)customer.QuerySelector("a.follow")!;

        var trail = await Page(follow.PathName);
        Assert.Equal(6, trail.QuerySelectorAll(".steps > li.done").Length);
        Assert.Contains("ann@example.org", trail.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);

        var reports = await Page("/console/reports");
        var report = await Page(((IHtmlAnchorElement)reports.QuerySelector("a.name")!).PathName);
        Assert.Equal("Daily communication", report.QuerySelector("h1")!.TextContent);

        using var left = await Post("/console/sign-out", customers, []);
        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        using var after = await _browser.GetAsync("/console/customers", TestContext.Current.CancellationToken);
        Assert.Equal("/console/sign-in?returnTo=%2Fconsole%2Fcustomers", after.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_wrong_key_or_a_form_from_elsewhere_signs_nobody_in()
    {
        var form = await Page("/console/sign-in");
        using var wrong = await Post("/console/sign-in", form, [new("key", "crm_wrong")]);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var foreign = await _browser.PostAsync("/console/sign-in", new FormUrlEncodedContent([new("key", World.AdminKey)]), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);
        using var still = await _browser.GetAsync("/console/customers", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, still.StatusCode);
    }

    [Fact]
    public async Task A_session_ends_with_its_key_and_after_twelve_hours()
    {
        var made = await _world.Admin.Make("/api/keys", new { name = "Agent", role = "agent" });
        await SignIn(made.Text("key"), "/console");
        Assert.Equal(HttpStatusCode.OK, (await _browser.GetAsync("/console/customers", TestContext.Current.CancellationToken)).StatusCode);
        using (await _world.Admin.DeleteAsync($"/api/keys/{made.Text("id")}", TestContext.Current.CancellationToken)) { }
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.GetAsync("/console/customers", TestContext.Current.CancellationToken)).StatusCode);

        await SignIn(World.AdminKey, "/console");
        _world.Clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.GetAsync("/console/customers", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_cookie_opens_pages_and_never_the_API()
    {
        await SignIn(World.AdminKey, "/console");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _browser.GetAsync("/api/customers", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_sign_in_link_is_good_once_and_for_ten_minutes()
    {
        var links = _world.Services.GetRequiredService<SignInLinks>();
        var ticket = await links.Make(ApiKey.IdOf(World.AdminKey), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.SeeOther, (await _browser.GetAsync($"/console/sign-in/{ticket}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await _world.Anonymous.GetAsync($"/console/sign-in/{ticket}", TestContext.Current.CancellationToken)).StatusCode);

        var late = await links.Make(ApiKey.IdOf(World.AdminKey), TestContext.Current.CancellationToken);
        _world.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Gone, (await _world.Anonymous.GetAsync($"/console/sign-in/{late}", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Cookies_hold_over_a_restart()
    {
        await SignIn(World.AdminKey, "/console");
        using var before = await _browser.GetAsync("/console/customers", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.NotEmpty(await KeyRing());
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans", "客户")]
    [InlineData("de,en;q=0.8", "en", "Customers")]
    [InlineData("en;q=0.5,zh-TW", "zh-Hans", "客户")]
    public async Task Pages_speak_the_browsers_language(string accepts, string language, string heading)
    {
        _browser.DefaultRequestHeaders.Add("Accept-Language", accepts);
        await SignIn(World.AdminKey, "/console");
        var page = await Page("/console/customers");
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(heading, page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public void Every_text_of_the_console_has_a_translation()
    {
        var texts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", "Console"), "*.razor")
            .SelectMany(file => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(file), "(?:W|Words)\\[\"([^\"]+)\"\\]").Select(m => m.Groups[1].Value));
        Assert.DoesNotContain(texts, text => Words.Chinese[text] == text);
    }

    [Fact]
    public async Task Pages_forbid_scripts_and_frames_and_are_not_kept()
    {
        using var answer = await _browser.GetAsync("/console/sign-in", TestContext.Current.CancellationToken);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("/console/customers/nobody", 404, "Nothing here")]
    [InlineData("/console/events/nobody", 404, "Nothing here")]
    [InlineData("/console/reports/daily-communication/2026-11-22/report.html", 404, "Nothing here")]
    [InlineData("/console/no-such-page", 404, "Nothing here")]
    [InlineData("/console/customers?cursor=broken", 400, "This address does not work")]
    [InlineData("/console/customers?limit=0", 400, "This address does not work")]
    public async Task What_goes_wrong_is_told_to_a_person_as_a_page(string path, int status, string heading)
    {
        _browser.DefaultRequestHeaders.Add("Accept", "text/html,*/*;q=0.8");
        await SignIn(World.AdminKey, "/console");
        using var answer = await _browser.GetAsync(path, TestContext.Current.CancellationToken);
        await IsProblemPage(answer, status, heading);
    }

    [Fact]
    public async Task A_page_that_a_role_may_not_see_says_so_to_a_person_and_a_problem_to_a_program()
    {
        var made = await _world.Admin.Make("/api/keys", new { name = "Analyst", role = "analyst" });
        await SignIn(made.Text("key"), "/console");
        using (var program = await _browser.GetAsync("/console/customers", TestContext.Current.CancellationToken))
            Assert.Equal("application/problem+json", program.Content.Headers.ContentType!.MediaType);
        _browser.DefaultRequestHeaders.Add("Accept", "text/html");
        using var person = await _browser.GetAsync("/console/customers", TestContext.Current.CancellationToken);
        await IsProblemPage(person, 403, "Not for this key");
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_page_that_needs_nothing_else_to_work()
    {
        _browser.DefaultRequestHeaders.Add("Accept", "text/html");
        await (await _world.Connect()).Deliver(StandardSender.Message("ann@example.org", "Hello, is anybody there?", World.Start.AddDays(-1)));
        await _world.Settle();
        var customer = (await _world.Admin.Read("/api/customers")).Items().Single().Text("id");
        var activity = (await _world.Admin.Read($"/api/customers/{customer}/timeline")).Items().Single()["activity"]!;
        var key = new Crm.Ports.DocumentKey(Crm.Ports.Containers.Inbox, activity.Text("receiptId"), activity.Text("receiptId"));
        await SignIn(World.AdminKey, "/console");
        // A document that is none of ours any more.
        await _world.Documents.Put(new Crm.Ports.DocumentWrite(key, System.Text.Encoding.UTF8.GetBytes($"{{\"id\":\"{key.Id}\"}}")), TestContext.Current.CancellationToken);
        using var answer = await _browser.GetAsync($"/console/events/{activity.Text("id")}", TestContext.Current.CancellationToken);
        var page = await IsProblemPage(answer, 500, "Something went wrong on our side");
        Assert.Null(page.QuerySelector("form"));
    }

    [Fact]
    public async Task Whoever_signs_out_twice_is_asked_to_sign_in()
    {
        _browser.DefaultRequestHeaders.Add("Accept", "text/html");
        using var answer = await _browser.PostAsync("/console/sign-out", new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);
        Assert.Equal("/console/sign-in?returnTo=%2Fconsole", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_list_tells_when_something_last_happened_with_each_customer()
    {
        var sender = await _world.Connect();
        await sender.Deliver(StandardSender.Message("ann@example.org", "Hello, is anybody there?", new DateTimeOffset(2026, 11, 20, 8, 5, 0, TimeSpan.Zero)));
        await sender.Deliver(StandardSender.Message("ann@example.org", "Hello, is anybody still there?", new DateTimeOffset(2026, 11, 21, 17, 30, 0, TimeSpan.Zero)));
        await _world.Settle();
        await _world.Admin.Make("/api/customers", new { name = "Silent" });
        await SignIn(World.AdminKey, "/console");
        var rows = (await Page("/console/customers")).QuerySelectorAll("tbody tr");
        Assert.Equal(["none yet", "2026-11-21 17:30"], rows.Select(r => r.Children[2].TextContent.Trim()).OrderDescending());
    }

    private static async Task<IHtmlDocument> IsProblemPage(HttpResponseMessage answer, int status, string heading)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var page = await new HtmlParser().ParseDocumentAsync(text, TestContext.Current.CancellationToken);
        Assert.Equal(heading, page.QuerySelector("h1")!.TextContent);
        Assert.NotEmpty(page.QuerySelector(".trace .mono")!.TextContent);
        return page;
    }

    [Theory]
    [InlineData("/console/reports?x=1", "/console/reports?x=1")]
    [InlineData("https://evil.example/console", "/console")]
    [InlineData("//evil.example", "/console")]
    [InlineData("/console//evil.example", "/console")]
    [InlineData("/console/\\evil", "/console")]
    [InlineData("/consolevil", "/console")]
    [InlineData(null, "/console")]
    public void After_signing_in_one_stays_here(string? asked, string path) => Assert.Equal(path, ReturnPath.Of(asked));

    private async Task<List<string>> KeyRing()
    {
        var names = new List<string>();
        await foreach (var blob in _world.Blobs.List("data-protection/", TestContext.Current.CancellationToken)) names.Add(blob.Name);
        return names;
    }

    private async Task SignIn(string key, string returnTo)
    {
        var form = await Page("/console/sign-in");
        using var answer = await Post("/console/sign-in", form, [new("key", key), new("returnTo", returnTo)]);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(returnTo, answer.Headers.Location!.ToString());
    }

    private Task<HttpResponseMessage> Post(string path, IHtmlDocument page, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        var token = page.QuerySelectorAll("input[type=hidden]").Cast<IHtmlInputElement>().First(i => i.Name!.Contains("RequestVerificationToken", StringComparison.Ordinal));
        return _browser.PostAsync(path, new FormUrlEncodedContent([.. fields, new(token.Name!, token.Value)]), TestContext.Current.CancellationToken);
    }

    private async Task<IHtmlDocument> Page(string path)
    {
        using var answer = await _browser.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return await new HtmlParser().ParseDocumentAsync(text, TestContext.Current.CancellationToken);
    }
}
