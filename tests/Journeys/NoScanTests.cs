using System.Text.RegularExpressions;
using Crm.Adapters.Sqlite;
using Crm.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Journeys;

/// <summary>Whatever the API was asked, no read of the store went through a whole table.</summary>
public sealed partial class NoScanTests
{
    [Fact]
    public async Task No_read_of_the_API_scans_a_table()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        for (var i = 0; i < 5; i++) await sender.Deliver(StandardSender.Message($"p{i}@example.org", "Where is it?", World.Start));
        await world.Admin.Make("/api/customers", new { name = "Ann", emails = new[] { "ann@example.org" } });
        await world.Admin.Make("/api/rules", new { name = "All" });
        var type = await world.Admin.Make("/api/event-types", new { name = "order.placed", schema = new { required = new[] { "total" } } });
        await world.Admin.Make("/api/events", new { id = "o-1", type = "order.placed", customer = new { email = "ann@example.org" } }, System.Net.HttpStatusCode.UnprocessableEntity);
        await sender.Deliver(StandardSender.Message("p0@example.org", "And again?", World.Start));
        await world.Settle();
        var one = (await world.Admin.Read("/api/cases")).Items().First().Text("id");
        var some = (await world.Admin.Read("/api/customers")).Items().First().Text("id");
        var conversation = (await world.Admin.Read("/api/conversations")).Items().First().Text("id");
        using var file = new StringContent("name\nImported\n", System.Text.Encoding.UTF8, "text/csv");
        using var imported = await world.Admin.PostAsync("/api/imports", file, TestContext.Current.CancellationToken);
        var import = (await imported.Json(System.Net.HttpStatusCode.Created)).Text("id");
        foreach (var path in BadInputTests.Lists)
        {
            var known = path.Replace("{customer}", some, StringComparison.Ordinal).Replace("{case}", one, StringComparison.Ordinal).Replace("{import}", import, StringComparison.Ordinal).Replace("{conversation}", conversation, StringComparison.Ordinal).Replace("{eventType}", type.Text("id"), StringComparison.Ordinal);
            await world.Admin.Read(known + "?limit=2");
        }
        foreach (var query in new[] { "sort=name", "sort=-changedAt", "owner=bob", "tag=vip&language=de", "name=a&sort=name", $"companyId={some}" }) await world.Admin.Read("/api/customers?" + query);
        await world.Admin.Read("/api/companies?sort=name&owner=bob");
        await world.Admin.Read($"/api/conversations?customerId={some}");
        var campaign = await world.Admin.Make("/api/campaigns", new { name = "Spring", externalIds = new[] { "spring" } });
        await world.Admin.Read($"/api/campaigns/{campaign.Text("id")}/funnel");
        await world.Admin.Read("/api/failed-events?type=order.placed&state=open");
        await world.Admin.Make("/api/event-replays", new { type = "order.placed" });
        await world.Settle();
        await world.Admin.Read("/api/customers?createdAt[gte]=2026-01-01T00:00:00Z&limit=2");
        await world.Admin.Read($"/api/customers/{some}");
        await world.Admin.Read($"/api/cases?customerId={some}");
        await world.Admin.Read("/api/cases?sort=dueAt&dueAt[lt]=2030-01-01T00:00:00Z");
        await world.Admin.Read($"/api/cases/{one}/promises");

        var store = world.Services.GetRequiredService<SqliteStore>();
        var reads = store.Reads.ToList();
        Assert.True(reads.Count > 8, "The reads of the API are not seen.");
        using var connection = new SqliteConnection($"Data Source={store.Path};Pooling=False");
        connection.Open();
        Assert.Empty(reads.SelectMany(sql => Plan(connection, sql).Where(step => step.StartsWith("SCAN", StringComparison.Ordinal)).Select(step => $"{step}: {sql}")));
        Assert.Contains(Plan(connection, "SELECT id FROM customers WHERE body LIKE ?1"), step => step.StartsWith("SCAN", StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Plan(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand("EXPLAIN QUERY PLAN " + sql, connection);
        foreach (var parameter in Parameters().Matches(sql).Select(m => m.Value).Distinct()) command.Parameters.AddWithValue(parameter, "x");
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read()) steps.Add(reader.GetString(3));
        return steps;
    }

    [GeneratedRegex(@"\?\d+")]
    private static partial Regex Parameters();
}
