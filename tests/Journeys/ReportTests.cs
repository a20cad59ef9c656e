using System.Net;
using Crm.Adapters.Blobs;
using Crm.Ports;
using Crm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Journeys;

/// <summary>The daily report by its timer, in the company's zone, with late data, in files and in Azurite.</summary>
public sealed class ReportTests(Azurite azurite)
{
    private static readonly DateTimeOffset Yesterday = World.Start.AddDays(-1);

    [Fact]
    public async Task The_timer_makes_yesterdays_report_once_and_a_new_revision_for_late_data()
    {
        await using var world = await World.Begin(("Company:TimeZone", "Europe/Berlin"));
        var sender = await world.Connect();
        await sender.Deliver(StandardSender.Message("ann@example.org", "Thank you very much for the quick help!", Yesterday));
        await world.Settle();
        Assert.Empty((await Runs(world)).Items());

        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await world.Settle();
        var first = Assert.Single((await Runs(world)).Items());
        Assert.Equal("2026-11-22", first.Text("day"));
        Assert.Equal("first", first.Text("reason"));

        // Nothing new: further ticks make nothing.
        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.Settle();
        Assert.Equal(first.ToJsonString(), Assert.Single((await Runs(world)).Items()).ToJsonString());

        // It comes a day late, and the next morning's tick takes it in.
        await sender.Deliver(StandardSender.Message("ben@example.org", "I forgot to send this yesterday.", Yesterday));
        await world.Settle();
        world.Clock.Advance(TimeSpan.FromHours(16));
        await world.Settle();
        var runs = (await Runs(world)).Items().ToList();
        Assert.Equal(["2026-11-23", "2026-11-22"], runs.Select(r => r.Text("day")));
        Assert.Equal(2, runs[1]["revision"]!.GetValue<int>());
        Assert.Equal("late-data", runs[1].Text("reason"));
        Assert.Equal("first", runs[1]["earlier"]![0]!.Text("reason"));
    }

    [Fact]
    public async Task A_run_asked_for_again_without_new_data_is_the_same_run()
    {
        await using var world = await World.Begin();
        await (await world.Connect()).Deliver(StandardSender.Message("ann@example.org", "Hello, is anybody there?", Yesterday));
        await world.Settle();
        var first = await world.Admin.Make("/api/reports/daily-communication/runs", new { day = "2026-11-22" }, HttpStatusCode.OK);
        var second = await world.Admin.Make("/api/reports/daily-communication/runs", new { day = "2026-11-22" }, HttpStatusCode.OK);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(first.ToJsonString(), (await world.Admin.Read("/api/reports")).Items().Single()["latest"]!.ToJsonString());
    }

    [Fact]
    public async Task The_files_come_with_type_hash_and_ETag()
    {
        await using var world = await World.Begin();
        await (await world.Connect()).Deliver(StandardSender.Message("ann@example.org", "Hello, is anybody there?", Yesterday));
        await world.Settle();
        var run = await world.Admin.Make("/api/reports/daily-communication/runs", new { day = "2026-11-22" }, HttpStatusCode.OK);
        foreach (var file in run["files"]!.AsArray().Select(f => f!))
        {
            using var answer = await world.Admin.GetAsync(file.Text("url"), TestContext.Current.CancellationToken);
            var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.Equal(file.Text("contentType"), answer.Content.Headers.ContentType!.ToString());
            Assert.Equal(file.Text("sha256"), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));

            using var again = new HttpRequestMessage(HttpMethod.Get, file.Text("url"));
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            using var unchanged = await world.Admin.SendAsync(again, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

            using var head = new HttpRequestMessage(HttpMethod.Head, file.Text("url"));
            using var headed = await world.Admin.SendAsync(head, TestContext.Current.CancellationToken);
            Assert.Equal(bytes.Length, headed.Content.Headers.ContentLength);
        }
    }

    [Fact]
    public async Task The_whole_way_runs_on_Azurite_too()
    {
        await using var world = await World.Begin(("Blobs:ConnectionString", await azurite.ConnectionString()), ("Blobs:Container", $"w{Guid.NewGuid():N}"));
        Assert.IsType<AzureBlobs>(world.Services.GetRequiredService<IBlobs>());
        await (await world.Connect()).Deliver(StandardSender.Message("ann@example.org", new string('x', 250_000), Yesterday));
        await world.Settle();
        var run = await world.Admin.Make("/api/reports/daily-communication/runs", new { day = "2026-11-22" }, HttpStatusCode.OK);
        var html = await world.Admin.GetStringAsync(run["files"]!.AsArray().Single(f => f!.Text("name") == "report.html")!.Text("url"), TestContext.Current.CancellationToken);
        Assert.Contains("Daily communication", html, StringComparison.Ordinal);
        var names = new List<string>();
        await foreach (var blob in world.Blobs.List("", TestContext.Current.CancellationToken)) names.Add(blob.Name);
        Assert.Equal(4, names.Count(n => n.StartsWith("reports/daily-communication/2026-11-22/", StringComparison.Ordinal)));
        Assert.Single(names, n => n.StartsWith("receipts/", StringComparison.Ordinal));
    }

    private static Task<System.Text.Json.Nodes.JsonObject> Runs(World world) => world.Admin.Read("/api/reports/daily-communication/runs");
}
