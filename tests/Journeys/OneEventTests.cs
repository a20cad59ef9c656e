using System.Net;
using Crm.Ports;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>One event all the way: webhook, receipt, activity, customer, insight, report row, trail.</summary>
public sealed class OneEventTests : IAsyncLifetime
{
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.Begin(("Company:TimeZone", "Europe/Berlin"));

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_signed_webhook_becomes_a_line_in_a_report_and_its_trail_tells_the_way()
    {
        var sender = await _world.Connect();
        var receipt = await sender.Deliver(StandardSender.Message("Ann@Example.org", "Thank you so much, the new bike is fantastic and I love it!", World.Start.AddDays(-1), name: "Ann"));
        await _world.Settle();

        var customer = Assert.Single((await _world.Admin.Read("/api/customers")).Items());
        Assert.Equal("Ann", customer.Text("name"));
        Assert.Equal("ann@example.org", customer["emails"]![0]!.GetValue<string>());

        var item = Assert.Single((await _world.Admin.Read($"/api/customers/{customer.Text("id")}/timeline")).Items());
        Assert.Equal("message.received", item["activity"]!.Text("type"));
        Assert.Equal("en", item["insight"]!.Text("language"));
        Assert.Equal("positive", item["insight"]!.Text("label"));

        var run = await _world.Admin.Make("/api/reports/daily-communication/runs", new { day = "2026-11-22" }, HttpStatusCode.OK);
        Assert.Equal(1, run["revision"]!.GetValue<int>());
        Assert.Equal(["manifest.json", "report.html", "rows.csv", "rows.ndjson"], run["files"]!.AsArray().Select(f => f!.Text("name")).Order());

        var trail = await _world.Admin.Read($"/api/events/{item["activity"]!.Text("id")}/trail");
        Assert.Equal(receipt, trail.Text("receiptId"));
        Assert.Equal(["receipt", "verification", "claim", "activity", "insights", "report"], trail["stages"]!.AsArray().Select(s => s!.Text("name")));
        Assert.All(trail["stages"]!.AsArray(), s => Assert.Equal("done", s!.Text("state")));
        Assert.All(trail["stages"]!.AsArray(), s => Assert.NotNull(s!["at"]));
    }

    [Fact]
    public async Task The_same_event_five_times_is_one_activity_and_the_later_receipts_say_so()
    {
        var sender = await _world.Connect();
        var body = StandardSender.Message("ann@example.org", "Where is my order?", World.Start);
        var receipts = new List<string>();
        for (var i = 0; i < 5; i++) receipts.Add(await sender.Deliver(body, "msg_same"));
        await _world.Settle();

        var customer = Assert.Single((await _world.Admin.Read("/api/customers")).Items());
        var item = Assert.Single((await _world.Admin.Read($"/api/customers/{customer.Text("id")}/timeline")).Items());
        var decisions = new List<string>();
        foreach (var receipt in receipts)
        {
            var trail = await _world.Admin.Read($"/api/events/{receipt}/trail");
            Assert.Equal(item["activity"]!.Text("id"), trail.Text("activityId"));
            decisions.Add(trail["stages"]![2]!["facts"]![0]!.Text("value"));
        }
        Assert.Single(decisions, d => d == "first receipt of this event");
        Assert.Equal(4, decisions.Count(d => d == "duplicate of an earlier receipt"));
    }

    [Fact]
    public async Task A_first_contact_over_concurrent_requests_makes_one_customer()
    {
        var sender = await _world.Connect();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => sender.Deliver(StandardSender.Message("Ann@Example.org", $"Message {i}", World.Start.AddMinutes(-i)))));
        await _world.Settle();

        var customer = Assert.Single((await _world.Admin.Read("/api/customers")).Items());
        Assert.Equal(40, (await _world.Admin.Read($"/api/customers/{customer.Text("id")}/timeline")).Items().Count());
    }

    [Fact]
    public async Task The_same_id_over_two_connections_is_two_events()
    {
        var body = StandardSender.Message("ann@example.org", "Hello there, how are you?", World.Start);
        await (await _world.Connect("one")).Deliver(body, "msg_same");
        await (await _world.Connect("two")).Deliver(body, "msg_same");
        await _world.Settle();

        var customer = Assert.Single((await _world.Admin.Read("/api/customers")).Items());
        Assert.Equal(2, (await _world.Admin.Read($"/api/customers/{customer.Text("id")}/timeline")).Items().Count());
    }

    [Fact]
    public async Task An_authentic_body_that_cannot_be_used_is_kept_and_listed()
    {
        var sender = await _world.Connect();
        var noCustomer = await sender.Deliver("""{"type":"message.received","data":{}}""");
        await sender.Deliver("{\"type\":");
        using (var invalid = await sender.Send([0x7B, 0x22, 0xFF, 0x22, 0x7D])) Assert.Equal(HttpStatusCode.Accepted, invalid.StatusCode);
        await _world.Settle();

        var letters = (await _world.Admin.Read("/api/dead-letters")).Items().Select(l => l.Text("reason")).Order();
        Assert.Equal(["malformed-json", "malformed-json", "no-customer"], letters);
        Assert.Empty((await _world.Admin.Read("/api/customers")).Items());
        var trail = await _world.Admin.Read($"/api/events/{noCustomer}/trail");
        Assert.Equal("quarantined", trail["stages"]![2]!.Text("state"));
    }

    [Fact]
    public async Task A_large_body_goes_through_a_blob()
    {
        var sender = await _world.Connect();
        var receipt = await sender.Deliver(StandardSender.Message("ann@example.org", new string('x', 300_000), World.Start));
        await _world.Settle();

        Assert.NotNull(await _world.Blobs.Find($"receipts/{receipt}", TestContext.Current.CancellationToken));
        var customer = Assert.Single((await _world.Admin.Read("/api/customers")).Items());
        var item = Assert.Single((await _world.Admin.Read($"/api/customers/{customer.Text("id")}/timeline")).Items());
        Assert.Equal(100_000, item["activity"]!.Text("text").Length);
    }

    [Fact]
    public async Task Nothing_retriggers_itself()
    {
        var sender = await _world.Connect();
        await sender.Deliver(StandardSender.Message("ann@example.org", "Thank you for the quick help!", World.Start));
        await _world.Settle();
        var before = await Versions();

        // Whatever a feed or queue would still bring is brought now.
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        await _world.Settle();

        Assert.Equal(before, await Versions());
    }

    [Fact]
    public async Task A_restart_goes_on_where_it_stopped_and_repeats_nothing()
    {
        var sender = await _world.Connect();
        await sender.Deliver(StandardSender.Message("ann@example.org", "Thank you for the quick help!", World.Start));
        await _world.Settle();
        var before = await Versions();

        _world = await _world.Restart();
        await _world.Settle();

        Assert.Equal(before, await Versions());
    }

    /// <summary>Every document that events make, with its version.</summary>
    private Task<string> Versions() =>
        _world.Versions(Containers.Inbox, Containers.Customers, Containers.Identities, Containers.Insights, Containers.Views);
}
