using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Crm.Marketing;
using Crm.Marketing.Events;
using Crm.Operations;
using Crm.Ports;
using Crm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Journeys;

/// <summary>The event catalogue, events that the company's own tools post, and those that do not fit.</summary>
public sealed class EventTests
{
    private static readonly object Schema = new
    {
        type = "object",
        required = new[] { "total" },
        properties = new { total = new { type = "number" }, currency = new { type = "string", minLength = 3 } },
    };

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
    public async Task A_failed_event_is_corrected_once()
    {
        await using var world = await World.Begin();
        await world.Admin.Make("/api/event-types", new { name = "order.placed", schema = Schema });
        var customer = new { email = "a@example.org" };
        var kept = await world.Admin.Make("/api/events", new { id = "1", type = "order.placed", customer, properties = new { total = "1" } }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("/problems/event-kept-as-failed", kept.Text("type"));
        var id = (await world.Admin.Read("/api/failed-events")).Items().Single().Text("id");

        var still = await world.Admin.Make($"/api/failed-events/{id}/replay", new { @event = new { id = "1", type = "order.placed", customer, properties = new { } } }, HttpStatusCode.OK);
        Assert.Equal(("open", "/properties/total"), (still.Text("state"), still["errors"]![0]!.Text("pointer")));
        var corrected = new { @event = new { id = "1", type = "order.placed", customer, properties = new { total = 1 } } };
        var replayed = await world.Admin.Make($"/api/failed-events/{id}/replay", corrected, HttpStatusCode.OK);
        Assert.Equal("replayed", replayed.Text("state"));
        await world.Settle();
        var before = await world.Versions(Containers.Customers, Containers.Catalog);
        Assert.Equal(replayed.ToJsonString(), (await world.Admin.Make($"/api/failed-events/{id}/replay", corrected, HttpStatusCode.OK)).ToJsonString());
        await world.Admin.Make($"/api/failed-events/{id}/discard", new { reason = "old" }, HttpStatusCode.Conflict);
        await world.Settle();
        Assert.Equal(before, await world.Versions(Containers.Customers, Containers.Catalog));
        Assert.Single((await world.Admin.Read($"/api/customers/{replayed.Text("customerId")}/timeline")).Items(), i => i.Text("kind") == "activity");
        Assert.Empty((await world.Admin.Read("/api/failed-events?type=order.placed&state=open")).Items());
    }

    [Fact]
    public async Task An_event_that_is_posted_again_corrected_is_open_no_longer()
    {
        await using var world = await World.Begin();
        await world.Admin.Make("/api/event-types", new { name = "order.placed", schema = Schema });
        await world.Admin.Make("/api/events", new { id = "1", type = "order.placed", customer = new { email = "a@example.org" } }, HttpStatusCode.UnprocessableEntity);
        await world.Admin.Make("/api/events", new { id = "1", type = "order.placed", customer = new { email = "a@example.org" }, properties = new { total = 1 } });
        Assert.Equal("replayed", (await world.Admin.Read("/api/failed-events")).Items().Single().Text("state"));
    }

    [Fact]
    public async Task A_discarded_event_stays_discarded()
    {
        await using var world = await World.Begin();
        var e = new { id = "1", type = "any", customer = new { phone = "12" } };
        await world.Admin.Make("/api/events", e, HttpStatusCode.UnprocessableEntity);
        var id = (await world.Admin.Read("/api/failed-events")).Items().Single().Text("id");
        Assert.Equal("a test of ours", (await world.Admin.Make($"/api/failed-events/{id}/discard", new { reason = "a test of ours" }, HttpStatusCode.OK)).Text("discardReason"));
        await world.Admin.Make("/api/events", e, HttpStatusCode.UnprocessableEntity);
        await world.Admin.Make($"/api/failed-events/{id}/replay", new { }, HttpStatusCode.Conflict);
        Assert.Equal("discarded", (await world.Admin.Read("/api/failed-events?state=discarded")).Items().Single().Text("state"));
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
    public async Task After_a_schema_is_mended_all_failed_events_of_the_type_are_tried_again()
    {
        await using var world = await World.Begin();
        var type = await world.Admin.Make("/api/event-types", new { name = "order.placed", schema = Schema });
        foreach (var some in Enumerable.Range(0, 230).Chunk(100))
        {
            await world.Admin.Make("/api/events/batch", new
            {
                items = some.Select(i => new { id = $"o-{i}", type = "order.placed", customer = new { email = $"c{i % 7}@example.org" }, properties = i % 10 == 0 ? (object)new { } : new { total = "7" } }),
            }, HttpStatusCode.OK);
        }
        await world.Admin.Make("/api/events", new { id = "x", type = "other", customer = new { email = "nobody" } }, HttpStatusCode.UnprocessableEntity);
        await Patch(world, $"/api/event-types/{type.Text("id")}", """{"schema":{"properties":{"total":{"type":["number","string"]}}}}""");

        var replay = await world.Admin.Make("/api/event-replays", new { type = "order.placed" });
        await world.Settle();
        var done = await world.Admin.Read($"/api/event-replays/{replay.Text("id")}");
        Assert.Equal(("done", 207, 23), (done.Text("state"), done["replayed"]!.GetValue<int>(), done["stillFailing"]!.GetValue<int>()));
        Assert.Equal(23, (await world.Admin.Read("/api/failed-events?type=order.placed&state=open&limit=200")).Items().Count());
        var before = await world.Versions(Containers.Customers);

        var second = await world.Admin.Make("/api/event-replays", new { type = "order.placed" });
        await world.Settle();
        Assert.Equal(before, await world.Versions(Containers.Customers));
        Assert.Equal((0, 23), ((await world.Admin.Read($"/api/event-replays/{second.Text("id")}"))["replayed"]!.GetValue<int>(), (await world.Admin.Read($"/api/event-replays/{second.Text("id")}"))["stillFailing"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_replay_that_died_goes_on_and_counts_what_it_had_done()
    {
        await using var world = await World.Begin();
        await world.Admin.Make("/api/event-types", new { name = "order.placed", schema = Schema });
        foreach (var i in Enumerable.Range(0, 4))
            await world.Admin.Make("/api/events", new { id = $"o-{i}", type = "order.placed", customer = new { email = "a@example.org" } }, HttpStatusCode.UnprocessableEntity);
        var ids = (await world.Admin.Read("/api/failed-events")).Items().Select(f => f.Text("id")).ToList();
        // Two were replayed, one was given up, and then the process died: the page was never written down as done.
        foreach (var id in ids.Take(2)) await Correct(world, id);
        await world.Admin.Make($"/api/failed-events/{ids[2]}/discard", new { reason = "a test" }, HttpStatusCode.OK);
        var at = world.Clock.GetUtcNow();
        var replay = new EventReplay { Id = "died", Type = "order.placed", State = EventReplayState.Running, Pages = 1, AtWork = ids, CreatedAt = at, ChangedAt = at, SortAt = at };
        await world.Documents.Put(EventReplay.KeyOf(replay.Id), replay, MarketingJson.Crm.EventReplay, TestContext.Current.CancellationToken);
        await world.Settle();

        var done = (await world.Documents.Get(EventReplay.KeyOf(replay.Id), MarketingJson.Crm.EventReplay, TestContext.Current.CancellationToken))!.Value;
        Assert.Equal((EventReplayState.Done, 2, 1, 1), (done.State, done.Replayed, done.StillFailing, done.PassedOver));
        var before = await world.Versions(Containers.Customers, Containers.Catalog);
        var again = ActivatorUtilities.CreateInstance<OnEventReplay>(world.Services);
        await again.Run("""{"replayId":"died","pages":1}""", TestContext.Current.CancellationToken);
        await again.Run("""{"replayId":"gone","pages":0}""", TestContext.Current.CancellationToken);
        Assert.Equal(before, await world.Versions(Containers.Customers, Containers.Catalog));

        static async Task Correct(World world, string id)
        {
            var e = (await world.Admin.Read($"/api/failed-events/{id}"))["event"]!;
            e["properties"] = new JsonObject { ["total"] = 1 };
            await world.Admin.Make($"/api/failed-events/{id}/replay", new JsonObject { ["event"] = e.DeepClone() }, HttpStatusCode.OK);
        }
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
    public async Task What_a_sender_sends_stays_an_activity_and_is_told_beside_it()
    {
        await using var world = await World.Begin();
        var type = await world.Admin.Make("/api/event-types", new { name = "order.placed", schema = Schema });
        var sender = await world.Connect();
        var sent = new { type = "order.placed", timestamp = "2026-11-23T08:00:00Z", data = new { customer = new { email = "a@example.org" }, properties = new { total = "7" } } };
        await sender.Deliver(Text(sent));
        await sender.Deliver(Text(new { type = "order.placed", timestamp = "2026-11-23T08:00:01Z", data = new { customer = new { email = "a@example.org" }, properties = new { total = 7 } } }));
        await world.Settle();

        var failed = (await world.Admin.Read("/api/failed-events")).Items().Single();
        Assert.Equal(("standard-webhooks", "/properties/total"), (failed.Text("origin"), failed["errors"]![0]!.Text("pointer")));
        Assert.Equal(2, (await world.Admin.Read($"/api/customers/{failed.Text("customerId")}/timeline")).Items().Count(i => i.Text("kind") == "activity"));
        await world.Admin.Make($"/api/failed-events/{failed.Text("id")}/replay", new { @event = new { id = "1", type = "order.placed", customer = new { email = "a@example.org" } } }, HttpStatusCode.BadRequest);
        Assert.Equal("open", (await world.Admin.Make($"/api/failed-events/{failed.Text("id")}/replay", new { }, HttpStatusCode.OK)).Text("state"));
        await Patch(world, $"/api/event-types/{type.Text("id")}", """{"schema":{"properties":{"total":{"type":["number","string"]}}}}""");
        var before = await world.Versions(Containers.Customers);
        Assert.Equal("replayed", (await world.Admin.Make($"/api/failed-events/{failed.Text("id")}/replay", new { }, HttpStatusCode.OK)).Text("state"));
        await world.Settle();
        Assert.Equal(before, await world.Versions(Containers.Customers));
    }

    [Fact]
    public async Task A_track_call_is_held_against_the_type_of_its_name_and_goes_with_its_activity()
    {
        await using var world = await World.Begin();
        await world.Admin.Make("/api/event-types", new { name = "Order Completed", schema = Schema });
        var site = await world.Admin.Make("/api/connections", new { name = "Site", provider = "segment" });
        foreach (var (id, total) in new[] { ("t1", "7"), ("t2", "\"7\"") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/track")
            {
                Content = new StringContent($$$"""{"messageId":"{{{id}}}","userId":"u-17","event":"Order Completed","properties":{"total":{{{total}}}}}""", System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(site.Text("secret") + ":")));
            using var answer = await world.Anonymous.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        await world.Settle();
        var failed = (await world.Admin.Read("/api/failed-events?type=Order%20Completed&state=open")).Items().Single();
        Assert.Equal(("segment", "/properties/total"), (failed.Text("origin"), failed["errors"]![0]!.Text("pointer")));

        await world.Documents.Delete(new DocumentKey(Containers.Customers, failed.Text("customerId"), failed.Text("id")), default, TestContext.Current.CancellationToken);
        await world.Settle();
        Assert.Empty((await world.Admin.Read("/api/failed-events")).Items());
        using var gone = await world.Admin.GetAsync($"/api/failed-events/{failed.Text("id")}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
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

    [Fact]
    public async Task A_failed_event_is_forgotten_after_ninety_days()
    {
        await using var world = await World.Begin();
        await world.Admin.Make("/api/events", new { id = "1", type = "any", customer = new { phone = "12" } }, HttpStatusCode.UnprocessableEntity);
        world.Clock.Advance(TimeSpan.FromDays(89));
        var id = (await world.Admin.Read("/api/failed-events?type=any&state=open")).Items().Single().Text("id");
        world.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Empty((await world.Admin.Read("/api/failed-events")).Items());
        Assert.Empty((await world.Admin.Read("/api/failed-events?type=any&state=open")).Items());
        using var gone = await world.Admin.GetAsync($"/api/failed-events/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
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

    private static string Text(object value) => System.Text.Json.JsonSerializer.Serialize(value);

    private static int Status(JsonNode item) => item["status"]!.GetValue<int>();

    private static async Task<string> ETagOf(World world, string path)
    {
        using var read = await world.Admin.GetAsync(path, TestContext.Current.CancellationToken);
        return read.Headers.ETag!.Tag;
    }

    private static async Task<JsonObject> Patch(World world, string path, string patch, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent(patch, System.Text.Encoding.UTF8, "application/merge-patch+json") };
        request.Headers.TryAddWithoutValidation("If-Match", await ETagOf(world, path));
        using var answer = await world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Json(expected);
    }
}
