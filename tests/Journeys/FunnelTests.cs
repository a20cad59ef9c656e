using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>From senders' events to a campaign's funnel.</summary>
public sealed class FunnelTests
{
    [Fact]
    public async Task Events_become_a_funnel_without_machines()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        var id = (await world.Admin.Make("/api/campaigns", new { name = "Spring", externalIds = new[] { "Spring-26" }, goal = "order.completed", currency = "EUR", spend = 40 })).Text("id");
        await Course(world, sender, "anna@shop.example", "spring-26", opens: true, clicks: true);
        await Course(world, sender, "ben@shop.example", "spring-26", opens: true, clicks: false);
        await Course(world, sender, "carl@shop.example", "spring-26", opens: false, clicks: false);
        await Event(world, sender, "carl@shop.example", "message.opened", 900, new { campaign = "spring-26", machine = true });
        await world.Settle();
        await Event(world, sender, "anna@shop.example", "order.completed", 9000, new { properties = new { value = 60.5, currency = "EUR" } });
        await Event(world, sender, "ben@shop.example", "order.completed", 9000, new { properties = new { value = 10 } });
        await world.Settle();

        var funnel = await world.Admin.Read($"/api/campaigns/{id}/funnel");
        Assert.Equal(3, funnel["recipients"]!.GetValue<int>());
        Assert.Equal(["sent 3/3", "delivered 3/3", "opened 2/2", "clicked 1/1", "converted 1/1", "bounced 0/0", "complained 0/0", "unsubscribed 0/0"], Steps(funnel));
        Assert.Equal((1, 1), (Step(funnel, "opened")["machineUnique"]!.GetValue<int>(), Step(funnel, "opened")["machineTotal"]!.GetValue<int>()));
        Assert.Equal(.6667m, Step(funnel, "opened")["rate"]!.GetValue<decimal>());
        Assert.Equal((60.5m, 40m, .5125m), (funnel["conversionValue"]!.GetValue<decimal>(), funnel["costPerClick"]!.GetValue<decimal>(), funnel["returnOnSpend"]!.GetValue<decimal>()));
    }

    [Fact]
    public async Task Repeats_change_nothing()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        var id = (await world.Admin.Make("/api/campaigns", new { name = "Spring", externalIds = new[] { "spring" } })).Text("id");
        for (var round = 0; round < 3; round++)
        {
            await Event(world, sender, "anna@shop.example", "message.opened", 700, new { campaign = "spring" }, id: "open-1");
            await world.Settle();
        }
        Assert.Equal("opened 1/1", Steps(await world.Admin.Read($"/api/campaigns/{id}/funnel"))[2]);
    }

    [Fact]
    public async Task A_campaign_that_is_told_its_name_later_finds_its_events_and_loses_them_again()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await Course(world, sender, "anna@shop.example", "spring", opens: true, clicks: true);
        await Course(world, sender, "ben@shop.example", "spring", opens: true, clicks: false);
        await world.Settle();

        var made = await world.Admin.Make("/api/campaigns", new { name = "Spring" });
        await world.Settle();
        Assert.Equal(0, (await world.Admin.Read($"/api/campaigns/{made.Text("id")}/funnel"))["recipients"]!.GetValue<int>());
        await Change(world, made.Text("id"), """{"externalIds":[" SPRING "]}""");
        Assert.Equal(["sent 2/2", "delivered 2/2", "opened 2/2", "clicked 1/1"], Steps(await world.Admin.Read($"/api/campaigns/{made.Text("id")}/funnel"))[..4]);
        await Change(world, made.Text("id"), """{"externalIds":[]}""");
        var funnel = await world.Admin.Read($"/api/campaigns/{made.Text("id")}/funnel");
        Assert.Equal((0, "sent 0/0"), (funnel["recipients"]!.GetValue<int>(), Steps(funnel)[0]));
    }

    [Fact]
    public async Task A_goal_that_is_named_later_counts_what_was_bought_before()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        var id = (await world.Admin.Make("/api/campaigns", new { name = "Spring", externalIds = new[] { "spring" } })).Text("id");
        await Event(world, sender, "anna@shop.example", "order.completed", 9000, new { properties = new { value = 5 } });
        await Course(world, sender, "anna@shop.example", "spring", opens: true, clicks: true);
        await world.Settle();
        Assert.Equal("converted 0/0", Steps(await world.Admin.Read($"/api/campaigns/{id}/funnel"))[4]);
        await Change(world, id, """{"goal":"order.completed"}""");
        Assert.Equal("converted 1/1", Steps(await world.Admin.Read($"/api/campaigns/{id}/funnel"))[4]);
    }

    [Fact]
    public async Task A_campaign_that_is_deleted_leaves_nothing_behind()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        var id = (await world.Admin.Make("/api/campaigns", new { name = "Spring", externalIds = new[] { "spring" } })).Text("id");
        await Course(world, sender, "anna@shop.example", "spring", opens: true, clicks: true);
        await world.Settle();
        Assert.Contains("sum", await world.Versions("views"), StringComparison.Ordinal);
        await Change(world, id, null);
        await world.Admin.Read($"/api/campaigns/{id}/funnel", HttpStatusCode.NotFound);
        Assert.DoesNotContain("sum", await world.Versions("views"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_add_up()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        var id = (await world.Admin.Make("/api/campaigns", new { name = "Spring", externalIds = new[] { "spring" } })).Text("id");
        await Task.WhenAll(Enumerable.Range(0, 150).Select(i => Course(world, sender, $"p{i}@shop.example", "spring", opens: i % 2 == 0, clicks: i % 10 == 0)));
        await world.Settle();
        var funnel = await world.Admin.Read($"/api/campaigns/{id}/funnel");
        Assert.Equal(150, funnel["recipients"]!.GetValue<int>());
        Assert.Equal(["sent 150/150", "delivered 150/150", "opened 75/75", "clicked 15/15"], Steps(funnel)[..4]);
    }

    private static async Task Course(World world, StandardSender sender, string who, string campaign, bool opens, bool clicks)
    {
        await Event(world, sender, who, "message.sent", 0, new { campaign });
        await Event(world, sender, who, "message.delivered", 10, new { campaign = new { id = campaign, name = "other" } });
        if (opens) await Event(world, sender, who, "message.opened", 700, new { campaign });
        if (clicks) await Event(world, sender, who, "message.clicked", 720, new { campaign, url = "https://shop.example" });
    }

    private static Task Event(World world, StandardSender sender, string who, string type, int second, object data, string? id = null)
    {
        var all = JsonSerializer.SerializeToNode(data)!.AsObject();
        all["customer"] = new JsonObject { ["email"] = who };
        all["messageId"] = "m-" + who;
        return sender.Deliver(new JsonObject { ["type"] = type, ["timestamp"] = world.Clock.GetUtcNow().AddDays(-2).AddSeconds(second).ToString("O"), ["data"] = all }.ToJsonString(), id);
    }

    private static async Task Change(World world, string id, string? patch)
    {
        using var read = await world.Admin.GetAsync($"/api/campaigns/{id}", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(patch is null ? HttpMethod.Delete : HttpMethod.Patch, $"/api/campaigns/{id}");
        request.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
        if (patch is not null) request.Content = new StringContent(patch, Encoding.UTF8, "application/merge-patch+json");
        using var answer = await world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await world.Settle();
    }

    private static string[] Steps(JsonObject funnel) => [.. funnel["steps"]!.AsArray().Select(s => $"{s!["step"]} {s["unique"]}/{s["total"]}")];

    private static JsonNode Step(JsonObject funnel, string name) => funnel["steps"]!.AsArray().Single(s => s!["step"]!.GetValue<string>() == name)!;
}
