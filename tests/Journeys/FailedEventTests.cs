using System.Net;
using System.Text.Json.Nodes;
using Crm.Marketing;
using Crm.Marketing.Events;
using Crm.Ports;
using Crm.Tests.EmbeddedHost;
using Crm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static Crm.Tests.Journeys.EventSteps;

namespace Crm.Tests.Journeys;

/// <summary>Events that do not fit: corrected, tried again, given up.</summary>
public sealed class FailedEventTests
{
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
    public async Task A_page_is_put_off_while_the_store_cannot_answer()
    {
        await using var world = await World.Begin();
        await using var store = new TestStore();
        var at = world.Clock.GetUtcNow();
        var replay = new EventReplay { Id = "late", Type = "order.placed", State = EventReplayState.Running, Pages = 1, CreatedAt = at, ChangedAt = at, SortAt = at };
        await store.Documents.Put(EventReplay.KeyOf(replay.Id), replay, MarketingJson.Crm.EventReplay, TestContext.Current.CancellationToken);
        var failing = new FaultyDocuments(store.Documents) { BeforePut = (_, _) => throw new StoreUnavailableException() };
        var messages = new KeptMessages();
        var run = new OnEventReplay(failing, messages, world.Services.GetRequiredService<EventIntake>(), world.Services.GetRequiredService<FailedEvents>(), world.Clock);
        await run.Run("""{"replayId":"late","pages":1,"attempt":2}""", TestContext.Current.CancellationToken);
        var later = Assert.Single(messages.Sent);
        Assert.Equal((at.AddSeconds(20), """{"replayId":"late","pages":1,"attempt":3}"""), (later.DueAt, later.Body));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => run.Run("""{"replayId":"late","pages":1,"attempt":12}""", TestContext.Current.CancellationToken));
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

    private sealed class KeptMessages : IMessages
    {
        public List<OutgoingMessage> Sent { get; } = [];

        public ValueTask Send(string queue, IReadOnlyList<OutgoingMessage> messages, CancellationToken token)
        {
            Assert.Equal(Queues.EventReplays, queue);
            Sent.AddRange(messages);
            return ValueTask.CompletedTask;
        }
    }
}
