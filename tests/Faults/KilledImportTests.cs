using System.Text;
using Crm.Tests.Support;

namespace Crm.Tests.Faults;

/// <summary>The host is SIGKILLed while it imports; the import goes on by itself and ends with every customer exactly once.</summary>
public sealed class KilledImportTests
{
    private const int Rows = 3_000;
    private const int Kills = 4;

    [Fact]
    public async Task An_import_survives_its_process()
    {
        var folder = Directory.CreateTempSubdirectory("crm-kill-import-");
        try
        {
            string? id = null;
            for (var kill = 0; kill < Kills; kill++)
            {
                await using var host = await HostProcess.Start(folder.FullName, HostProcess.FreePort());
                id ??= await Begin(host);
                // Killed at another point each time: while it validates, and with some chunks done.
                var seen = kill * Rows / 8;
                while ((await host.Admin.Read($"/api/imports/{id}")) is var import && import.Text("state") is "validating" or "running" && import["counts"]!["created"]!.GetValue<int>() < seen)
                    await Task.Yield();
                await host.Kill();
            }
            await using var world = await World.Open(folder, TimeProvider.System.GetUtcNow());
            await world.Settle();
            var done = await world.Admin.Read($"/api/imports/{id}");
            Assert.Equal(("done", Rows, 0), (done.Text("state"), done["counts"]!["created"]!.GetValue<int>(), done["counts"]!["refused"]!.GetValue<int>()));
            Assert.Equal(Enumerable.Range(0, Rows).Select(i => $"E-{i:D5}"), (await Keys(world)).Order(StringComparer.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> Begin(HostProcess host)
    {
        var file = new StringBuilder("name,email,id\n");
        for (var i = 0; i < Rows; i++) file.Append(System.Globalization.CultureInfo.InvariantCulture, $"Person {i},p{i}@example.org,E-{i:D5}\n");
        using var content = new StringContent(file.ToString(), Encoding.UTF8, "text/csv");
        using var answer = await host.Admin.PostAsync("/api/imports?start=auto", content, TestContext.Current.CancellationToken);
        return (await answer.Json(System.Net.HttpStatusCode.Created)).Text("id");
    }

    private static async Task<List<string>> Keys(World world)
    {
        var keys = new List<string>();
        string? cursor = null;
        do
        {
            var page = await world.Admin.Read("/api/customers?limit=200&fields=externalId" + (cursor is null ? "" : "&cursor=" + cursor));
            keys.AddRange(page.Items().Select(c => c.Text("externalId")));
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return keys;
    }
}
