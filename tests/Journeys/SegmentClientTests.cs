using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>The published client of the senders' own language, pointed at us.</summary>
public sealed class SegmentClientTests
{
    [Fact]
    public async Task The_published_client_is_content_and_its_calls_stand_in_the_timeline()
    {
        var (node, npm, token) = (Needs.Program("node"), Needs.Program("npm"), TestContext.Current.CancellationToken);
        await using var world = await World.Begin();
        using var made = await world.Admin.PostAsJsonAsync("/api/connections", new { name = "Web shop", provider = "segment" }, token);
        var key = JsonNode.Parse(await made.Content.ReadAsStringAsync(token))!.Text("secret");

        var folder = await NpmPackage.Install(npm, "Segment", token);
        var start = new ProcessStartInfo(node, ["send.mjs", world.Url.ToString().TrimEnd('/'), key]) { WorkingDirectory = folder, RedirectStandardError = true };
        using var client = Process.Start(start)!;
        try
        {
            var errors = await client.StandardError.ReadToEndAsync(token);
            await client.WaitForExitAsync(token);
            Assert.True(client.ExitCode == 0, errors);
        }
        finally
        {
            if (!client.HasExited) client.Kill(entireProcessTree: true);
        }

        await world.Settle();
        var customer = Assert.Single((await world.Admin.Read("/api/customers")).Items());
        Assert.Empty(customer["emails"]!.AsArray());
        var activities = (await world.Admin.Read($"/api/customers/{customer.Text("id")}/timeline")).Items().Select(i => i["activity"]!).ToList();
        Assert.Equal(["contact.updated", "page.viewed", "track.custom", "track.custom"], activities.Select(a => a.Text("type")).Order(StringComparer.Ordinal));
        Assert.All(activities, a => Assert.Equal("claimed", a.Text("trust")));
        Assert.Contains(activities, a => a.ToJsonString().Contains("Order Completed", StringComparison.Ordinal) && a.ToJsonString().Contains("EUR", StringComparison.Ordinal));
        Assert.Empty((await world.Admin.Read("/api/dead-letters")).Items());
    }
}
