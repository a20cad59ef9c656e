using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Crm.Tests.Support;

namespace Crm.Tests.Faults;

/// <summary>
/// The host is SIGKILLed again and again under concurrent signed traffic with duplicates; then every acknowledged event must be
/// there exactly once. <c>CRM_KILLS</c> sets how often: 5 without it, 50 under CI.
/// </summary>
public sealed class KilledHostTests
{
    private const int Senders = 8;

    private static readonly int Kills =
        int.TryParse(Environment.GetEnvironmentVariable("CRM_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills
        : Environment.GetEnvironmentVariable("CI") == "true" ? 50 : 5;

    private readonly ConcurrentDictionary<string, string> _acknowledged = new();
    private readonly ConcurrentDictionary<string, string> _sent = new();

    [Fact]
    public async Task Whatever_was_acknowledged_is_there_exactly_once()
    {
        var folder = Directory.CreateTempSubdirectory("crm-kill-");
        try
        {
            var random = new Random(20261123);
            StandardSender? sender = null;
            for (var kill = 0; kill < Kills; kill++)
            {
                await using var host = await HostProcess.Start(folder.FullName, HostProcess.FreePort());
                sender = sender is null ? await Connect(host) : new StandardSender(host.Anonymous, sender.ConnectionId, sender.Secret, TimeProvider.System);
                await TrafficUntilKilled(host, sender, kill, after: random.Next(1, 200));
            }
            await Audit(folder);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<StandardSender> Connect(HostProcess host)
    {
        var created = await host.Admin.Make("/api/connections", new { name = "kill", provider = "standard-webhooks" });
        return new StandardSender(host.Anonymous, created.Text("id"), created.Text("secret"), TimeProvider.System);
    }

    private async Task TrafficUntilKilled(HostProcess host, StandardSender sender, int round, int after)
    {
        var answered = 0;
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var traffic = Enumerable.Range(0, Senders).Select(s => Task.Run(async () =>
        {
            var random = new Random((round * Senders) + s);
            for (var i = 0; ; i++)
            {
                // One in five is an event sent before, acknowledged or not: as a sender's retry would be.
                var again = random.Next(5) == 0 && !_sent.IsEmpty;
                var id = again ? _sent.Keys.ElementAt(random.Next(Math.Min(_sent.Count, 50))) : $"e-{round}-{s}-{i}";
                var body = _sent.GetOrAdd(id, _ => StandardSender.Message($"customer{random.Next(30)}@example.org", $"Event {id}", DateTimeOffset.UnixEpoch.AddDays(20_000)));
                try
                {
                    using var answer = await sender.Send(body, id);
                    Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
                    _acknowledged[id] = body;
                }
                catch (HttpRequestException)
                {
                    return;
                }
                if (Interlocked.Increment(ref answered) == after) killed.SetResult();
            }
        })).ToList();
        await Task.WhenAny(killed.Task, Task.WhenAll(traffic));
        await host.Kill();
        await Task.WhenAll(traffic);
    }

    private async Task Audit(DirectoryInfo folder)
    {
        await using var world = await World.Open(folder, TimeProvider.System.GetUtcNow());
        await world.Settle();
        var found = new List<string>();
        var customers = (await world.Admin.Read("/api/customers?limit=200")).Items().ToList();
        foreach (var customer in customers)
        {
            string? cursor = null;
            do
            {
                var page = await world.Admin.Read($"/api/customers/{customer.Text("id")}/timeline?limit=200{(cursor is null ? "" : "&cursor=" + cursor)}");
                found.AddRange(page.Items().Select(i => i["activity"]!.Text("providerEventId")));
                cursor = page["nextCursor"]?.GetValue<string>();
            }
            while (cursor is not null);
        }
        TestContext.Current.SendDiagnosticMessage($"{Kills} kills, {_acknowledged.Count} acknowledged of {_sent.Count} sent, {found.Count} found");
        Assert.Equal(customers.Count, customers.Select(c => c["emails"]![0]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Empty(_acknowledged.Keys.Except(found));
        Assert.Empty(found.Except(_sent.Keys));
        var dead = (await world.Admin.Read("/api/dead-letters"))["items"]!.ToJsonString();
        Assert.True(dead == "[]", dead);
        Assert.True(_acknowledged.Count > Kills, "Too little traffic to prove anything.");
    }
}
