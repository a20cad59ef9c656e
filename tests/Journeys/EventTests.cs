using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Crm.Operations;
using Crm.Ports;
using Crm.Tests.Support;
using static Crm.Tests.Journeys.EventSteps;

namespace Crm.Tests.Journeys;

/// <summary>The event catalogue, and events that the company's own tools post.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task A_type_keeps_every_schema_that_it_had()
    {
        await using var world = await World.Begin();
        var made = await world.Admin.Make("/api/event-types", new { name = "order.placed", schema = Schema });
        await world.Admin.Make("/api/event-types", new { name = "order.placed" }, HttpStatusCode.Conflict);
        var path = $"/api/event-types/{made.Text("id")}";
        Assert.Equal(1, (await Patch(world, path, """{"description":"An order in the shop"}"""))["version"]!.GetValue<int>());
        Assert.Equal(2, (await Patch(world, path, """{"schema":{"required":["total","currency"]}}"""))["version"]!.GetValue<int>());
        await Patch(world, path, """{"name":"order.made"}""", HttpStatusCode.BadRequest);

        var versions = (await world.Admin.Read(path + "/versions")).Items().ToList();
        Assert.Equal([2, 1], versions.Select(v => v["version"]!.GetValue<int>()));
        Assert.Equal(["""["total","currency"]""", """["total"]"""], versions.Select(v => v["schema"]!["required"]!.ToJsonString()));
        var first = await world.Admin.Read(path + "/versions?limit=1");
        Assert.Equal(1, (await world.Admin.Read($"{path}/versions?limit=1&cursor={first.Text("nextCursor")}")).Items().Single()["version"]!.GetValue<int>());
        Assert.Single((await world.Admin.Read("/api/event-types")).Items());
        Assert.Equal(made.Text("id"), (await world.Admin.Read("/api/event-types?name=order.placed")).Items().Single().Text("id"));
        Assert.Empty((await world.Admin.Read("/api/event-types?name=order")).Items());
        using var version = await world.Admin.GetAsync($"{path}.v000001", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, version.StatusCode);

        using var delete = new HttpRequestMessage(HttpMethod.Delete, path);
        delete.Headers.TryAddWithoutValidation("If-Match", await ETagOf(world, path));
        using var deleted = await world.Admin.SendAsync(delete, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        var again = await world.Admin.Make("/api/event-types", new { name = "order.placed" });
        Assert.Single((await world.Admin.Read($"/api/event-types/{again.Text("id")}/versions")).Items());
    }

    [Fact]
    public async Task A_posted_event_is_one_activity_however_often_it_comes()
    {
        await using var world = await World.Begin();
        var ann = await world.Admin.Make("/api/customers", new { name = "Ann", emails = new[] { "ann@example.org" } });
        var e = new
        {
            id = "o-1",
            type = "order.placed",
            customer = new { email = "ANN@example.org" },
            occurredAt = "2026-11-22T10:00:00+02:00",
            properties = new { total = 20 },
            campaign = new { id = "spring" },
            channel = "email",
        };
        var posted = await world.Admin.Make("/api/events", e);
        Assert.Equal(ann.Text("id"), posted.Text("customerId"));
        await world.Settle();
        var before = await world.Versions(Containers.Customers, Containers.Identities, Containers.Catalog);
        Assert.Equal(posted.ToJsonString(), (await world.Admin.Make("/api/events", e, HttpStatusCode.OK)).ToJsonString());
        await world.Settle();
        Assert.Equal(before, await world.Versions(Containers.Customers, Containers.Identities, Containers.Catalog));

        var entry = (await world.Admin.Read($"/api/customers/{ann.Text("id")}/timeline")).Items().Single(i => i.Text("kind") == "activity")["activity"]!;
        Assert.Equal(("track.custom", "order.placed", "2026-11-22T08:00:00.000Z"), (entry.Text("type"), entry.Text("providerEventType"), entry.Text("occurredAt")));
        Assert.Equal("spring", entry["engagement"]!.Text("campaignId"));
        var trail = await world.Admin.Read($"/api/events/{posted.Text("id")}/trail");
        Assert.Contains("posted to the API", trail.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_event_of_a_batch_is_answered_and_a_faulty_one_is_kept()
    {
        await using var world = await World.Begin();
        await world.Admin.Make("/api/event-types", new { name = "order.placed", schema = Schema });
        var answer = await world.Admin.Make("/api/events/batch", new
        {
            items = new object[]
            {
                new { id = "1", type = "order.placed", customer = new { email = "a@example.org" }, properties = new { total = 1 } },
                new { id = "2", type = "order.placed", customer = new { email = "a@example.org" }, properties = new { total = "1", currency = "E" } },
                new { id = "3", type = "anything", customer = new { externalId = "u-7", name = "Ben" } },
                new { id = "4", type = "anything", customer = new { email = "nobody" } },
                new { id = "5", type = "anything", customer = new { customerId = "00000000000000000000000000" } },
                new { id = "6", type = "anything" },
                new { id = "1", type = "order.placed", customer = new { email = "a@example.org" }, properties = new { total = 1 } },
            },
        }, HttpStatusCode.OK);
        var items = answer.Items().ToList();
        Assert.Equal([422, 201, 422, 422, 400], items.Skip(1).Take(5).Select(Status));
        Assert.Equal(items[0].Text("id"), items[6].Text("id"));
        Assert.Equal(["/properties/currency", "/properties/total"], items[1]["problem"]!["errors"]!.AsArray().Select(x => x!.Text("pointer")).Order(StringComparer.Ordinal));
        Assert.Equal("/customer/email", items[3]["problem"]!["errors"]![0]!.Text("pointer"));
        Assert.Equal("/customer/customerId", items[4]["problem"]!["errors"]![0]!.Text("pointer"));

        var failed = (await world.Admin.Read("/api/failed-events")).Items().ToList();
        Assert.Equal(3, failed.Count);
        Assert.Equal(items[1].Text("id"), (await world.Admin.Read("/api/failed-events?type=order.placed&state=open")).Items().Single().Text("id"));
        Assert.Equal(2, (await world.Admin.Read("/api/failed-events?reason=no-customer")).Items().Count());
        Assert.All(failed, f => Assert.Null(f["event"]));
        Assert.Equal("E", (await world.Admin.Read($"/api/failed-events/{items[1].Text("id")}"))["event"]!["properties"]!.Text("currency"));
    }

    [Fact]
    public async Task Unknown_types_are_refused_where_the_settings_say_so()
    {
        await using var world = await World.Begin(("Events:UnknownTypes", "refuse"));
        var e = new { id = "1", type = "order.placed", customer = new { email = "a@example.org" } };
        var kept = await world.Admin.Make("/api/events", e, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("/type", kept["errors"]![0]!.Text("pointer"));
        var id = (await world.Admin.Read("/api/failed-events?reason=unknown-type")).Items().Single().Text("id");
        await world.Admin.Make("/api/event-types", new { name = "order.placed" });
        Assert.Equal("replayed", (await world.Admin.Make($"/api/failed-events/{id}/replay", new { }, HttpStatusCode.OK)).Text("state"));
    }

    [Fact]
    public async Task Many_at_once_with_one_id_are_one_activity()
    {
        await using var world = await World.Begin();
        var e = new { id = "o-1", type = "order.placed", customer = new { email = "new@example.org" }, properties = new { total = 1 } };
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var answer = await world.Admin.PostAsJsonAsync("/api/events", e, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }));
        var one = JsonNode.Parse(Assert.Single(answers.Distinct()))!;
        await world.Settle();
        Assert.Single((await world.Admin.Read($"/api/customers/{one.Text("customerId")}/timeline")).Items(), i => i.Text("kind") == "activity");
        Assert.Single((await world.Admin.Read("/api/customers")).Items());
    }

    [Fact]
    public async Task A_program_posts_events_and_leaves_the_catalogue_alone()
    {
        await using var world = await World.Begin();
        using var program = await world.As(Role.Integration);
        await program.Make("/api/events", new { id = "1", type = "order.placed", customer = new { email = "a@example.org" } });
        await program.Make("/api/event-types", new { name = "order.placed" }, HttpStatusCode.Forbidden);
        await program.Make("/api/event-replays", new { type = "order.placed" }, HttpStatusCode.Forbidden);
        using var agent = await world.As(Role.Agent);
        await agent.Make("/api/events", new { id = "2", type = "order.placed", customer = new { email = "a@example.org" } }, HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Order_and_repeats_of_events_change_nothing(int seed)
    {
        var events = Enumerable.Range(0, 20).Select(i => new
        {
            id = $"o-{i}",
            type = i % 3 == 0 ? "order.placed" : "page",
            customer = new { email = i % 5 == 0 ? "nobody" : $"c{i % 4}@example.org" },
            properties = new { total = i % 2 == 0 ? (object)i : "x" },
        }).ToArray();
        Assert.Equal(await Outcome(events), await Outcome(Mixed([.. events, .. events], seed)));

        static async Task<string> Outcome<T>(IReadOnlyList<T> some)
        {
            await using var world = await World.Begin();
            await world.Admin.Make("/api/event-types", new { name = "order.placed", schema = Schema });
            foreach (var chunk in some.Chunk(7)) await world.Admin.Make("/api/events/batch", new { items = chunk }, HttpStatusCode.OK);
            await world.Settle();
            var failed = (await world.Admin.Read("/api/failed-events?limit=200")).Items().Select(f => $"{f.Text("id")} {f.Text("state")} {f["errors"]!.ToJsonString()}");
            var activities = new List<string>();
            foreach (var customer in (await world.Admin.Read("/api/customers?limit=200")).Items())
            {
                var timeline = (await world.Admin.Read($"/api/customers/{customer.Text("id")}/timeline?limit=200")).Items();
                activities.AddRange(timeline.Where(i => i.Text("kind") == "activity").Select(i => $"{customer["emails"]![0]} {i["activity"]!.Text("id")} {i["activity"]!["properties"]!.ToJsonString()}"));
            }
            Assert.NotEmpty(activities);
            return string.Join('\n', failed.Concat(activities).Order(StringComparer.Ordinal));
        }

        static T[] Mixed<T>(T[] items, int seed)
        {
            new Random(seed).Shuffle(items);
            return items;
        }
    }
}
