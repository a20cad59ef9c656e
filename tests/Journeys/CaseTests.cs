using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Crm.Model;
using Crm.Ports;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

public sealed class CaseTests
{
    [Fact]
    public async Task A_case_is_opened_changed_and_tells_its_history()
    {
        await using var world = await World.Begin();
        var customer = await Customer(world);
        var queue = (await world.Admin.Make("/api/queues", new { name = "First line" })).Text("id");
        await world.Admin.Make("/api/case-statuses", new { key = "waiting-for-parts", name = "Waiting for parts", state = "on-hold" });
        var opened = await world.Admin.Make("/api/cases", new { customerId = customer, subject = "Broken handle", priority = "high", queueId = queue, tags = new[] { "hardware" } });
        var id = opened.Text("id");
        Assert.StartsWith(customer + ".", id, StringComparison.Ordinal);
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}$", opened.Text("reference"));

        world.Clock.Advance(TimeSpan.FromMinutes(10));
        var changed = await Change(world, id, new { status = "waiting-for-parts", assignee = "eve" });
        Assert.Equal(("waiting-for-parts", "on-hold"), (changed.Text("status"), changed.Text("state")));
        var note = await world.Admin.Make($"/api/cases/{id}/notes", new { text = "The part comes on Friday." });
        Assert.Equal("note", note.Text("step"));
        await world.Admin.Make($"/api/cases/{id}/links", new { url = "https://parts.example/17" }, HttpStatusCode.OK);
        Assert.Single((await world.Admin.Make($"/api/cases/{id}/links", new { url = "https://parts.example/17" }, HttpStatusCode.OK))["links"]!.AsArray());

        var history = (await world.Admin.Read($"/api/cases/{id}/history")).Items().ToList();
        Assert.Equal(["opened", "changed", "note", "linked"], history.Select(e => e.Text("step")));
        Assert.Equal(["status:open>waiting-for-parts", "assignee:>eve"], history[1]["changes"]!.AsArray().Select(c => $"{c!.Text("field")}:{c!["from"]}>{c!["to"]}"));
        Assert.Equal(["id", "customerId", "kind", "caseId", "step", "at", "by", "changes"], history[0].AsObject().Select(p => p.Key));
        Assert.All(history, e => Assert.StartsWith("key:", e.Text("by"), StringComparison.Ordinal));
        var first = await world.Admin.Read($"/api/cases/{id}/history?limit=1");
        Assert.Equal("changed", (await world.Admin.Read($"/api/cases/{id}/history?limit=1&cursor={first.Text("nextCursor")}")).Items().Single().Text("step"));
        Assert.Equal(["case"], (await world.Admin.Read($"/api/customers/{customer}/timeline")).Items().Select(i => i.Text("kind")));
    }

    [Fact]
    public async Task What_does_not_exist_is_refused_by_field()
    {
        await using var world = await World.Begin();
        var customer = await Customer(world);
        await Refused(world, new { customerId = "00000000000000000000000000", subject = "x" }, "/customerId");
        await Refused(world, new { customerId = customer, subject = "x", queueId = "none" }, "/queueId");
        await Refused(world, new { customerId = customer, subject = "x", status = "none" }, "/status");
        await Refused(world, new { customerId = customer, subject = "" }, "/subject");
        await Refused(world, new { customerId = customer, subject = "x", tags = new string?[] { null } }, "/tags/0");
        Assert.Empty((await world.Admin.Read($"/api/cases?customerId={customer}")).Items());

        var id = (await world.Admin.Make("/api/cases", new { customerId = customer, subject = "x" })).Text("id");
        using var moved = await Patch(world, id, new { customerId = "00000000000000000000000000" });
        Assert.Equal("/customerId", (await moved.Json(HttpStatusCode.BadRequest))["errors"]![0]!.Text("pointer"));

        static async Task Refused(World world, object body, string pointer)
        {
            var problem = await world.Admin.Make("/api/cases", body, HttpStatusCode.BadRequest);
            Assert.Equal(pointer, problem["errors"]![0]!.Text("pointer"));
        }
    }

    [Fact]
    public async Task A_batch_opens_what_it_can()
    {
        await using var world = await World.Begin();
        var customer = await Customer(world);
        var answer = await world.Admin.Make("/api/cases/batch", new { items = new object[] { new { customerId = customer, subject = "one" }, new { customerId = customer }, new { customerId = customer, subject = "three" } } }, HttpStatusCode.OK);
        Assert.Equal([201, 400, 201], answer.Items().Select(i => i["status"]!.GetValue<int>()));
        Assert.Equal(["three", "one"], (await world.Admin.Read($"/api/cases?customerId={customer}")).Items().Select(c => c.Text("subject")).OrderDescending());
    }

    [Fact]
    public async Task Lists_sort_by_due_time_and_narrow_by_what_is_asked()
    {
        await using var world = await World.Begin();
        var customer = await Customer(world);
        var queue = (await world.Admin.Make("/api/queues", new { name = "First line" })).Text("id");
        await world.Admin.Make("/api/sla-policies", new
        {
            name = "Standard",
            targets = new object[] { new { priority = "normal", firstResponseMinutes = 60 }, new { priority = "urgent", firstResponseMinutes = 5 } },
        });
        var slow = (await world.Admin.Make("/api/cases", new { customerId = customer, subject = "slow", queueId = queue })).Text("id");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var fast = (await world.Admin.Make("/api/cases", new { customerId = customer, subject = "fast", priority = "urgent", assignee = "eve" })).Text("id");
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var free = (await world.Admin.Make("/api/cases", new { customerId = customer, subject = "free", priority = "low" })).Text("id");
        await world.Settle();

        await Lists("", free, fast, slow);
        await Lists("sort=createdAt", slow, fast, free);
        await Lists("sort=dueAt", fast, slow, free);
        await Lists("sort=dueAt&dueAt[lt]=2026-11-23T09:30:00Z", fast);
        await Lists($"queueId={queue}", slow);
        await Lists("assignee=eve&state=open", fast);
        await Lists("priority=low&unsolved=true", free);
        var reference = (await world.Admin.Read($"/api/cases/{slow}")).Text("reference");
        await Lists($"reference={reference}", slow);
        await Lists($"reference={reference.Replace("-", "%20", StringComparison.Ordinal).ToLowerInvariant()}", slow);
        await Lists($"reference={reference}&assignee=eve");
        await Lists("reference=0000-0000-00");
        await Lists("state=solved");
        Assert.Equal(["id", "dueAt"], (await world.Admin.Read("/api/cases?sort=dueAt&limit=1&fields=id,dueAt")).Items().Single().AsObject().Select(p => p.Key));

        await Change(world, fast, new { status = "solved" });
        await world.Settle();
        await Lists("sort=dueAt", slow, free);
        await Lists("unsolved=false", fast);

        async Task Lists(string query, params string[] expected) => Assert.Equal(expected, (await world.Admin.Read("/api/cases?" + query)).Items().Select(c => c.Text("id")));
    }

    [Fact]
    public async Task Promises_follow_the_calendar_and_the_course_of_the_case()
    {
        await using var world = await World.Begin();
        var customer = await Customer(world);
        // The world begins on a Monday at 09:00 UTC, which is 10:00 in Berlin.
        var calendar = (await world.Admin.Make("/api/calendars", new
        {
            name = "Office",
            timeZone = "Europe/Berlin",
            shifts = new[] { "mon", "tue", "wed", "thu", "fri" }.SelectMany(day => new[] { new { day, from = "09:00", to = "12:00" }, new { day, from = "13:00", to = "17:00" } }),
            holidays = new[] { "2026-11-24" },
        })).Text("id");
        var policy = (await world.Admin.Make("/api/sla-policies", new
        {
            name = "Office",
            calendarId = calendar,
            targets = new[] { new { priority = "normal", firstResponseMinutes = 60, resolutionMinutes = 480 } },
        })).Text("id");
        var id = (await world.Admin.Make("/api/cases", new { customerId = customer, subject = "Late" })).Text("id");

        var standing = await world.Admin.Read($"/api/cases/{id}/promises");
        Assert.Equal(policy, standing.Text("policyId"));
        Assert.Equal(["first-response running 2026-11-23T10:00:00.000Z", "resolution running 2026-11-25T10:00:00.000Z"], Told(standing));

        world.Clock.Advance(TimeSpan.FromMinutes(50));
        await Change(world, id, new { status = "pending" });
        Assert.Equal(["first-response at-risk 2026-11-23T10:00:00.000Z", "resolution paused "], Told(await world.Admin.Read($"/api/cases/{id}/promises")));

        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await Change(world, id, new { status = "solved" });
        standing = await world.Admin.Read($"/api/cases/{id}/promises");
        // Fifty minutes of eight hours were used, and the pause lasts for ever.
        Assert.Equal(["first-response breached 2026-11-23T10:00:00.000Z", "resolution met "], Told(standing));
        Assert.Equal((60, 50), (standing["metrics"]!["fullResolution"]!["businessMinutes"]!.GetValue<int>(), standing["metrics"]!["workingTime"]!["businessMinutes"]!.GetValue<int>()));

        var asked = await world.Admin.Make("/api/calculations/business-time", new { calendarId = calendar, from = "2026-11-23T15:00:00Z", addMinutes = 120 }, HttpStatusCode.OK);
        Assert.Equal("2026-11-25T09:00:00.000Z", asked.Text("at"));
        var counted = await world.Admin.Make("/api/calculations/business-time", new { calendarId = calendar, from = "2026-11-23T00:00:00Z", to = "2026-11-30T00:00:00Z" }, HttpStatusCode.OK);
        Assert.Equal(4 * 420, counted["openMinutes"]!.GetValue<int>());

        static IEnumerable<string> Told(JsonObject standing) => standing["promises"]!.AsArray().Select(p => $"{p!.Text("kind")} {p!.Text("state")} {p!["dueAt"]}");
    }

    [Fact]
    public async Task A_message_opens_one_case_by_the_first_rule_and_a_reply_goes_on_with_it()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        var queue = (await world.Admin.Make("/api/queues", new { name = "Money" })).Text("id");
        await world.Admin.Make("/api/rules", new { name = "Rest", order = 9, then = new { category = "rest" } });
        await world.Admin.Make("/api/rules", new { name = "Refunds", order = 1, when = new { words = new[] { "refund" } }, then = new { category = "refund", priority = "high", queueId = queue, tags = new[] { "money" } } });

        await sender.Deliver(Message(world, "I want a refund", "c-1"), "first");
        await world.Settle();
        var opened = Assert.Single((await world.Admin.Read("/api/cases")).Items());
        var id = opened.Text("id");
        Assert.Equal(("refund", "high", queue, "A question"), (opened.Text("category"), opened.Text("priority"), opened.Text("queueId"), opened.Text("subject")));

        // The same event again, in another receipt.
        await sender.Deliver(Message(world, "I want a refund", "c-1"), "first");
        await world.Settle();
        Assert.Single((await world.Admin.Read("/api/cases")).Items());

        world.Clock.Advance(TimeSpan.FromMinutes(7));
        await sender.Deliver(Message(world, "We are on it", "c-1", "message.sent"));
        await world.Settle();
        var answered = await world.Admin.Read($"/api/cases/{id}");
        Assert.Equal("2026-11-23T09:07:00.000Z", answered["course"]!.Text("firstResponseAt"));
        Assert.Null(answered["course"]!["waitingSince"]);

        await Change(world, id, new { status = "solved" });
        world.Clock.Advance(TimeSpan.FromMinutes(7));
        await sender.Deliver(Message(world, "No, you are not", "c-1"));
        await world.Settle();
        var again = await world.Admin.Read($"/api/cases/{id}");
        Assert.Equal(("open", 1), (again.Text("status"), again["course"]!["reopens"]!.GetValue<int>()));
        Assert.Equal(
            ["opened", "message-sent", "changed", "message-received"],
            (await world.Admin.Read($"/api/cases/{id}/history")).Items().Select(e => e.Text("step")));

        // After it is closed, and in another conversation, a message is a new case; the one of the closed conversation names the old.
        await Change(world, id, new { status = "closed" });
        await sender.Deliver(Message(world, "Once more: refund", "c-1"));
        await sender.Deliver(Message(world, "Hello", "c-2"));
        await world.Settle();
        var all = (await world.Admin.Read("/api/cases")).Items().ToList();
        Assert.Equal(3, all.Count);
        var follower = await world.Admin.Read("/api/cases/" + all.Single(c => c.Text("id") != id && c.Text("category") == "refund").Text("id"));
        Assert.Equal(id, follower["links"]![0]!.Text("caseId"));
        Assert.Equal("rest", all.Single(c => c.Text("category") == "rest").Text("category"));
    }

    [Fact]
    public async Task Without_a_rule_no_message_opens_a_case()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await sender.Deliver(Message(world, "Hello", "c-1"));
        await world.Settle();
        Assert.Empty((await world.Admin.Read("/api/cases")).Items());
    }

    [Fact]
    public async Task Two_cases_become_one_and_later_messages_go_there()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await world.Admin.Make("/api/rules", new { name = "All", then = new { tags = new[] { "by-rule" } } });
        await sender.Deliver(Message(world, "One", "c-1"));
        await sender.Deliver(Message(world, "Two", "c-2"));
        await world.Settle();
        var both = (await world.Admin.Read("/api/cases?sort=createdAt")).Items().ToList();
        var (from, into) = (both[0].Text("id"), both[1].Text("id"));

        await world.Admin.Make($"/api/cases/{from}/merge", new { into }, HttpStatusCode.OK);
        await world.Admin.Make($"/api/cases/{from}/merge", new { into }, HttpStatusCode.OK);
        var gone = await world.Admin.Read($"/api/cases/{from}");
        Assert.Equal((into, "closed"), (gone.Text("mergedInto"), gone.Text("state")));
        Assert.Equal(["opened", "merged-into"], await Steps(world, from));
        Assert.Equal(["opened", "merged-from"], await Steps(world, into));
        using (var refused = await Patch(world, from, new { subject = "x" })) Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        await world.Admin.Make($"/api/cases/{into}/merge", new { into = from }, HttpStatusCode.Conflict);

        await sender.Deliver(Message(world, "More on one", "c-1"));
        await sender.Deliver(Message(world, "More on two", "c-2"));
        await world.Settle();
        Assert.Equal(["opened", "merged-from", "message-received", "message-received"], await Steps(world, into));
        Assert.Equal(["opened", "merged-into"], await Steps(world, from));
    }

    [Fact]
    public async Task A_message_is_split_off_into_a_case_of_its_own()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await world.Admin.Make("/api/rules", new { name = "All", then = new { priority = "high" } });
        await sender.Deliver(Message(world, "One", "c-1"));
        await world.Settle();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        await sender.Deliver(Message(world, "And something else", "c-1"));
        await world.Settle();
        var id = (await world.Admin.Read("/api/cases")).Items().Single().Text("id");
        var activity = (await world.Admin.Read($"/api/cases/{id}/history")).Items().Last().Text("activityId");
        world.Clock.Advance(TimeSpan.FromMinutes(5));

        var split = await world.Admin.Make($"/api/cases/{id}/split", new { activityId = activity, subject = "Something else" });
        Assert.Equal(("Something else", "high", "2026-11-23T09:05:00.000Z"), (split.Text("subject"), split.Text("priority"), split["course"]!.Text("openedAt")));
        Assert.Equal(["split-from"], await Steps(world, split.Text("id")));
        Assert.Equal(["opened", "message-received", "split-off"], await Steps(world, id));
        Assert.Equal(split.Text("id"), (await world.Admin.Read($"/api/cases/{id}"))["links"]![0]!.Text("caseId"));
        var refused = await world.Admin.Make($"/api/cases/{id}/split", new { activityId = activity }, HttpStatusCode.BadRequest);
        Assert.Equal("/activityId", refused["errors"]![0]!.Text("pointer"));
    }

    [Fact]
    public async Task A_second_delivery_of_the_feed_changes_nothing()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await world.Admin.Make("/api/rules", new { name = "All" });
        await sender.Deliver(Message(world, "One", "c-1"));
        await sender.Deliver(Message(world, "We are on it", "c-1", "message.sent"));
        await world.Settle();
        var before = await world.Versions(Containers.Customers);
        var page = await world.Documents.Feed(Containers.Customers, null, 1_000, TestContext.Current.CancellationToken);
        var changes = page.Changes.Select(c => System.Text.Json.JsonDocument.Parse(c.Json).RootElement).ToList();
        foreach (var follower in (IEnumerable<IFollowsCustomers>)world.Services.GetService(typeof(IEnumerable<IFollowsCustomers>))!)
        {
            if (follower.GetType().Namespace == "Crm.Service") await follower.Follow(changes, TestContext.Current.CancellationToken);
        }
        Assert.Equal(before, await world.Versions(Containers.Customers));
    }

    [Fact]
    public async Task Mail_finds_its_case_by_what_it_answers_and_a_program_moves_no_clock()
    {
        await using var world = await World.Begin();
        var customer = await Customer(world);
        await world.Admin.Make("/api/rules", new { name = "All" });
        await Mail(world, customer, "1", new Mail { MessageId = "a@them" });
        await Mail(world, customer, "2", new Mail { MessageId = "auto@us", InReplyTo = "a@them", Automation = Automation.AutoReply }, sent: true);
        await world.Settle();
        var id = (await world.Admin.Read("/api/cases")).Items().Single().Text("id");
        Assert.Null((await world.Admin.Read($"/api/cases/{id}"))["course"]!["firstResponseAt"]);

        await Mail(world, customer, "3", new Mail { MessageId = "b@us", InReplyTo = "a@them" }, sent: true);
        await world.Settle();
        Assert.NotNull((await world.Admin.Read($"/api/cases/{id}"))["course"]!["firstResponseAt"]);

        // Its own mail program lost the first mail; the references name it.
        await Mail(world, customer, "4", new Mail { MessageId = "c@them", InReplyTo = "lost@us", References = ["a@them", "lost@us"] });
        await Mail(world, customer, "5", new Mail { MessageId = "auto@them", Automation = Automation.AutoReply });
        await world.Settle();
        Assert.Equal(["opened", "message-sent", "message-sent", "message-received"], await Steps(world, id));

        var split = (await world.Admin.Make($"/api/cases/{id}/split", new { activityId = "mail-4" })).Text("id");
        await Mail(world, customer, "6", new Mail { MessageId = "d@them", InReplyTo = "c@them" });
        await world.Settle();
        Assert.Equal(["split-from", "message-received"], await Steps(world, split));
        Assert.Equal(2, (await world.Admin.Read("/api/cases")).Items().Count());
    }

    [Fact]
    public async Task Notes_written_at_the_same_time_are_all_kept()
    {
        await using var world = await World.Begin();
        var customer = await Customer(world);
        var id = (await world.Admin.Make("/api/cases", new { customerId = customer, subject = "Busy" })).Text("id");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => world.Admin.Make($"/api/cases/{id}/notes", new { text = $"note {i}" })));
        var notes = (await world.Admin.Read($"/api/cases/{id}/history")).Items().Skip(1).Select(e => e.Text("text")).Order();
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"note {i}"), notes);
    }

    private static async Task Mail(World world, string customer, string id, Mail mail, bool sent = false)
    {
        var now = world.Clock.GetUtcNow();
        var activity = new Activity
        {
            Id = "mail-" + id,
            CustomerId = customer,
            ConnectionId = "n",
            ReceiptId = "r",
            Provider = "p",
            ProviderEventId = id,
            ProviderEventType = "t",
            DedupeKey = id,
            Type = sent ? "message.sent" : "message.received",
            Channel = Channel.Email,
            Direction = sent ? Direction.Outbound : Direction.Inbound,
            OccurredAt = now,
            ReceivedAt = now,
            TimelineAt = now,
            MappingVersion = 1,
            Subject = "A question",
            Mail = mail,
        };
        await world.Documents.Put(new DocumentKey(Containers.Customers, customer, activity.Id), activity, ModelJson.Crm.Activity, TestContext.Current.CancellationToken);
        await world.Settle();
    }

    private static async Task<string> Customer(World world) => (await world.Admin.Make("/api/customers", new { name = "Ann" })).Text("id");

    private static async Task<IEnumerable<string>> Steps(World world, string id) => (await world.Admin.Read($"/api/cases/{id}/history")).Items().Select(e => e.Text("step"));

    private static async Task<HttpResponseMessage> Patch(World world, string id, object patch)
    {
        using var read = await world.Admin.GetAsync($"/api/cases/{id}", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/cases/{id}") { Content = JsonContent.Create(patch, new System.Net.Http.Headers.MediaTypeHeaderValue("application/merge-patch+json")) };
        request.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
        return await world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonObject> Change(World world, string id, object patch)
    {
        using var answer = await Patch(world, id, patch);
        return await answer.Json(HttpStatusCode.OK);
    }

    private static string Message(World world, string text, string conversation, string type = "message.received")
    {
        var (us, them) = (new { address = "support@company.example" }, new { address = "ann@example.org" });
        return System.Text.Json.JsonSerializer.Serialize(new
        {
            type,
            timestamp = world.Clock.GetUtcNow(),
            data = new { channel = "email", from = type == "message.sent" ? us : them, to = new[] { type == "message.sent" ? them : us }, subject = "A question", text, conversationId = conversation },
        });
    }
}
