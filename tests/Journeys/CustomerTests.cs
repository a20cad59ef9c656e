using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>Customers by API: create, read, list, change, and who an address belongs to.</summary>
public sealed class CustomerTests : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.Begin();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_is_created_is_read_with_its_ETag_and_found_by_any_of_its_addresses()
    {
        var created = await _world.Admin.Make("/api/customers", new { name = "李娜", emails = new[] { " Li.Na@Example.ORG " }, phones = new[] { "+49 151-12345678" }, tags = new[] { "vip" }, language = "zh-Hans" });
        Assert.Equal("li.na@example.org", created["emails"]![0]!.GetValue<string>());
        Assert.Equal("+4915112345678", created["phones"]![0]!.GetValue<string>());

        using var read = await _world.Admin.GetAsync($"/api/customers/{created.Text("id")}", TestContext.Current.CancellationToken);
        Assert.Equal(created.ToJsonString(), JsonNode.Parse(await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.ToJsonString());
        Assert.NotNull(read.Headers.ETag);
        Assert.Contains("李娜", await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        foreach (var filter in new[] { "email=LI.NA%40example.org", "phone=%2B4915112345678", "email=li.na%40example.org&createdAt[gte]=2026-11-23T09:00:00Z" })
            Assert.Equal(created.Text("id"), Assert.Single((await _world.Admin.Read($"/api/customers?{filter}")).Items()).Text("id"));
        Assert.Empty((await _world.Admin.Read("/api/customers?email=li.na%40example.org&createdAt[lt]=2026-11-23T09:00:00Z")).Items());
    }

    [Fact]
    public async Task An_event_of_a_known_address_is_that_customers()
    {
        var created = await _world.Admin.Make("/api/customers", new { name = "Ann", emails = new[] { "ann@example.org" } });
        await (await _world.Connect()).Deliver(StandardSender.Message("ANN@example.org", "Hello!", World.Start));
        await _world.Settle();
        Assert.Single((await _world.Admin.Read("/api/customers")).Items());
        Assert.Single((await _world.Admin.Read($"/api/customers/{created.Text("id")}/timeline")).Items());
    }

    [Fact]
    public async Task Lists_go_on_newest_first_without_gap_or_repeat_while_more_arrive()
    {
        for (var i = 0; i < 7; i++)
        {
            await _world.Admin.Make("/api/customers", new { name = $"Customer {i}" });
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _world.Admin.Read("/api/customers?limit=3" + (cursor is null ? "" : "&cursor=" + cursor));
            names.AddRange(page.Items().Select(c => c.Text("name")));
            cursor = page["nextCursor"]?.GetValue<string>();
            await _world.Admin.Make("/api/customers", new { name = "Late" });
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"Customer {i}"), names);
    }

    [Fact]
    public async Task A_change_on_the_current_version_is_taken_and_frees_the_address_it_removes()
    {
        var created = await _world.Admin.Make("/api/customers", new { name = "Ann", emails = new[] { "old@example.org" }, tags = new[] { "vip" } });
        using var changed = await Patch(created.Text("id"), await ETag(created.Text("id")), """{"emails":["new@example.org"],"tags":null}""");
        var after = await changed.Json(HttpStatusCode.OK);
        Assert.Equal("new@example.org", after["emails"]![0]!.GetValue<string>());
        Assert.Equal("Ann", after.Text("name"));
        Assert.Empty(after["tags"]!.AsArray());

        await _world.Admin.Make("/api/customers", new { name = "Other", emails = new[] { "old@example.org" } });
        await _world.Admin.Make("/api/customers", new { name = "Thief", emails = new[] { "new@example.org" } }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Of_two_changes_on_one_version_the_second_is_refused_and_claims_nothing()
    {
        var created = await _world.Admin.Make("/api/customers", new { name = "Ann" });
        var etag = await ETag(created.Text("id"));
        using var first = await Patch(created.Text("id"), etag, """{"name":"First"}""");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await Patch(created.Text("id"), etag, """{"name":"Second","emails":["wanted@example.org"]}""");
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        Assert.Equal("First", (await _world.Admin.Read($"/api/customers/{created.Text("id")}")).Text("name"));
        await _world.Admin.Make("/api/customers", new { name = "Free", emails = new[] { "wanted@example.org" } });
    }

    [Fact]
    public async Task Sixteen_that_create_one_address_at_once_make_one_customer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            using var content = new StringContent($$"""{"name":"Twin {{i}}","emails":["twin@example.org"]}""", Encoding.UTF8, "application/json");
            using var answer = await _world.Admin.PostAsync("/api/customers", content, TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }));
        Assert.Single((await _world.Admin.Read("/api/customers")).Items());
        Assert.All(answers, a => Assert.True(a is HttpStatusCode.Created or HttpStatusCode.Conflict));
        Assert.Single(answers, HttpStatusCode.Created);
    }

    [Fact]
    public async Task HEAD_and_OPTIONS_answer_without_a_body()
    {
        using var head = await _world.Admin.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/customers"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var options = await _world.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/customers"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.Equal(["GET", "HEAD", "POST"], options.Content.Headers.Allow.Order().Where(m => m != "OPTIONS"));
    }

    private async Task<string> ETag(string id)
    {
        using var answer = await _world.Admin.GetAsync($"/api/customers/{id}", TestContext.Current.CancellationToken);
        return answer.Headers.ETag!.Tag;
    }

    private async Task<HttpResponseMessage> Patch(string id, string etag, string patch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/customers/{id}") { Content = new StringContent(patch, Encoding.UTF8, "application/merge-patch+json") };
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await _world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_list_can_be_turned_round_and_cut_to_some_fields()
    {
        await using var world = await World.Begin();
        foreach (var name in (string[])["Ann", "Ben", "Cat"])
        {
            await world.Admin.Make("/api/customers", new { name });
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(["Cat", "Ben", "Ann"], (await world.Admin.Read("/api/customers")).Items().Select(c => c.Text("name")));
        var oldest = await world.Admin.Read("/api/customers?sort=createdAt&fields=name&limit=2");
        Assert.Equal(["""{"name":"Ann"}""", """{"name":"Ben"}"""], oldest.Items().Select(c => c.ToJsonString()));
        Assert.Equal(["Cat"], (await world.Admin.Read($"/api/customers?sort=createdAt&limit=2&cursor={oldest.Text("nextCursor")}")).Items().Select(c => c.Text("name")));
        Assert.Equal("cursor", (await world.Admin.Read($"/api/customers?limit=2&cursor={oldest.Text("nextCursor")}", System.Net.HttpStatusCode.BadRequest))["errors"]![0]!.Text("parameter"));
    }
}
