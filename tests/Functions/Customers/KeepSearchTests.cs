using System.Text.Json.Nodes;
using Crm.Customers;
using Crm.Ports;
using Crm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Functions.Customers;

public sealed class KeepSearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customer_is_found_by_what_the_profile_says_now()
    {
        await using var world = await World.Begin();
        var made = await world.Admin.Make("/api/customers", new JsonObject { ["name"] = "Jürgen Müller", ["emails"] = new JsonArray("jm@example.org"), ["phones"] = new JsonArray("+4915112345678") });
        var id = made["id"]!.GetValue<string>();
        await world.Settle();
        foreach (var text in new[] { "mueller", "jürg", "jm@example.org", "5678", "mulller" }) Assert.Equal([id], await Found(world, text));

        var key = CustomerDirectory.KeyOf(id);
        var stored = (await world.Documents.Get(key, Token))!;
        var changed = JsonNode.Parse(stored.Json.Span)!;
        changed["name"] = "王伟";
        changed["changedAt"] = World.Start.AddMinutes(1).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await world.Documents.Put(new DocumentWrite(key, System.Text.Encoding.UTF8.GetBytes(changed.ToJsonString())), Token);
        await world.Settle();
        Assert.Empty(await Found(world, "mueller"));
        Assert.Equal([id], await Found(world, "王"));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_deleted_customer()
    {
        await using var world = await World.Begin();
        var made = await world.Admin.Make("/api/customers", new JsonObject { ["name"] = "Wolkenstein", ["emails"] = new JsonArray("w@example.org") });
        await world.Settle();
        Assert.NotEmpty(await Left(world));
        await world.Documents.Delete(CustomerDirectory.KeyOf(made["id"]!.GetValue<string>()), default, Token);
        await world.Settle();
        Assert.Empty(await Left(world));
    }

    [Fact]
    public async Task Who_wrote_for_the_first_time_is_found()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await sender.Deliver(StandardSender.Message("ann@example.org", "Hello", World.Start, name: "Ann Larkin"));
        await world.Settle();
        Assert.Single(await Found(world, "larkin"));
    }

    [Fact]
    public async Task The_list_searches_with_q_and_says_what_matched()
    {
        await using var world = await World.Begin();
        foreach (var n in Enumerable.Range(0, 5)) await world.Admin.Make("/api/customers", new JsonObject { ["name"] = $"Anna Schmidt {n}" });
        await world.Settle();
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await world.Admin.Read($"/api/customers?q=shcmidt&limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            foreach (var item in page.Items())
            {
                seen.Add(item.Text("name"));
                var match = page["matches"]![item.Text("id")]![0]!;
                Assert.Equal(("name", "schmidt"), (match.Text("field"), match.Text("word")));
            }
            cursor = page["nextCursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        Assert.Equal(["Anna Schmidt 0", "Anna Schmidt 1", "Anna Schmidt 2", "Anna Schmidt 3", "Anna Schmidt 4"], seen.Order());
    }

    private static async Task<IEnumerable<string>> Found(World world, string text) =>
        (await world.Services.GetRequiredService<ISearch>().Find(new SearchQuery(KeepSearch.Scope, text), Token)).Hits.Select(h => h.Id);

    private static async Task<IEnumerable<string>> Left(World world)
    {
        var page = await world.Documents.Query(new DocumentQuery(Containers.Views, null, [], Limit: Limits.PageSize), Token);
        return page.Documents.Select(d => d.Key.Partition).Where(p => p.StartsWith("search.", StringComparison.Ordinal));
    }
}
