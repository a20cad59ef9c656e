using System.Net;
using System.Text;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>Campaigns in the manner of every resource.</summary>
public sealed class CampaignTests
{
    [Fact]
    public async Task A_campaign_keeps_its_amounts_to_the_cent_and_says_what_they_come_to()
    {
        await using var world = await World.Begin();
        var made = await world.Admin.Make("/api/campaigns", new { name = "Spring", currency = "EUR", budget = 1000.10m, spend = 250.05m, revenue = 1000.20m, tags = new[] { "mail", "mail" } });
        var read = await world.Admin.Read($"/api/campaigns/{made.Text("id")}");
        Assert.Equal((1000.10m, 250.05m, 1000.20m), (read["budget"]!.GetValue<decimal>(), read["spend"]!.GetValue<decimal>(), read["revenue"]!.GetValue<decimal>()));
        Assert.Equal((.25m, 3m), (read["budgetUsed"]!.GetValue<decimal>(), read["returnOnSpend"]!.GetValue<decimal>()));
        Assert.Equal("draft", read.Text("status"));
        Assert.Single(read["tags"]!.AsArray());

        var bare = await world.Admin.Make("/api/campaigns", new { name = "Bare" });
        Assert.False(bare.ContainsKey("returnOnSpend") || bare.ContainsKey("budgetUsed"));
    }

    [Fact]
    public async Task It_is_changed_on_the_version_that_was_read_and_taken_away()
    {
        await using var world = await World.Begin();
        var id = (await world.Admin.Make("/api/campaigns", new { name = "Spring" })).Text("id");
        Assert.Equal((HttpStatusCode)428, (await Send(world, HttpMethod.Patch, id, null, """{"status":"active"}""")).Status);
        var (status, etag) = await Send(world, HttpMethod.Patch, id, await ETag(world, id), """{"status":"active","channel":"email"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Send(world, HttpMethod.Delete, id, "\"0\"", null)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(world, HttpMethod.Delete, id, etag, null)).Status);
        await world.Admin.Read($"/api/campaigns/{id}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_list_is_sorted_narrowed_and_continued()
    {
        await using var world = await World.Begin();
        foreach (var (name, status, tag) in new[] { ("Spring", "active", "a"), ("autumn", "draft", "a"), ("Summer", "active", "b") })
        {
            await world.Admin.Make("/api/campaigns", new { name, status, tags = new[] { tag } });
            world.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(["Summer", "autumn", "Spring"], await Names(world, ""));
        Assert.Equal(["autumn", "Spring", "Summer"], await Names(world, "?sort=name"));
        Assert.Equal(["Summer", "Spring"], await Names(world, "?status=active"));
        Assert.Equal(["autumn", "Spring"], await Names(world, "?tag=a"));
        var first = await world.Admin.Read("/api/campaigns?sort=-name&limit=2&fields=name");
        Assert.Equal("""{"name":"Summer"}""", first.Items().First().ToJsonString());
        Assert.Equal(["autumn"], await Names(world, $"?sort=-name&limit=2&fields=name&cursor={first.Text("nextCursor")}"));
    }

    [Fact]
    public async Task In_a_batch_each_has_its_own_answer_and_a_repeat_makes_nothing_new()
    {
        await using var world = await World.Begin();
        const string Body = """{"items":[{"name":"One"},{"name":""},{"name":"Three","colour":"red"},{"name":"Four"}]}""";
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/campaigns/batch") { Content = new StringContent(Body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", "batch-1");
            using var answer = await world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
            var items = (await answer.Json(HttpStatusCode.OK)).Items().ToList();
            Assert.Equal([201, 400, 400, 201], items.Select(i => i["status"]!.GetValue<int>()));
            Assert.Equal("/name", items[1]["problem"]!["errors"]![0]!.Text("pointer"));
            Assert.Equal("/colour", items[2]["problem"]!["errors"]![0]!.Text("pointer"));
            Assert.NotEqual(items[0].Text("id"), items[3].Text("id"));
        }
        Assert.Equal(["Four", "One"], await Names(world, "?sort=name"));
    }

    [Theory]
    [InlineData("""{"items":[]}""")]
    [InlineData("{}")]
    public async Task A_batch_of_nothing_is_refused(string body)
    {
        await using var world = await World.Begin();
        using var answer = await world.Admin.PostAsync("/api/campaigns/batch", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal("/items", (await answer.Json(HttpStatusCode.BadRequest))["errors"]![0]!.Text("pointer"));
    }

    [Fact]
    public async Task A_batch_of_more_than_a_hundred_is_refused()
    {
        await using var world = await World.Begin();
        var problem = await world.Admin.Make("/api/campaigns/batch", new { items = Enumerable.Range(0, 101).Select(i => new { name = $"c{i}" }) }, HttpStatusCode.BadRequest);
        Assert.Equal("/items", problem["errors"]![0]!.Text("pointer"));
        Assert.Empty((await world.Admin.Read("/api/campaigns")).Items());
    }

    private static async Task<IEnumerable<string>> Names(World world, string query) => (await world.Admin.Read("/api/campaigns" + query)).Items().Select(c => c.Text("name"));

    private static async Task<string> ETag(World world, string id)
    {
        using var read = await world.Admin.GetAsync($"/api/campaigns/{id}", TestContext.Current.CancellationToken);
        return read.Headers.ETag!.Tag;
    }

    private static async Task<(HttpStatusCode Status, string? ETag)> Send(World world, HttpMethod method, string id, string? etag, string? body)
    {
        using var request = new HttpRequestMessage(method, $"/api/campaigns/{id}");
        if (etag is not null) request.Headers.TryAddWithoutValidation("If-Match", etag);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/merge-patch+json");
        using var answer = await world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.ETag?.Tag);
    }
}
