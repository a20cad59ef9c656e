using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Operations;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>From senders' messages to conversations that are read, answered for, and closed.</summary>
public sealed class ConversationTests
{
    [Fact]
    public async Task A_message_opens_a_conversation_an_answer_waits_and_a_note_stays_inside()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await Say(world, sender, "message.received", "m-1", null, "Where is my order?", -60);
        await world.Settle();
        var conversation = Assert.Single((await world.Admin.Read("/api/conversations?status=open")).Items());
        var id = conversation.Text("id");
        Assert.Equal(("open", "A question", "email", 1), (conversation.Text("status"), conversation.Text("subject"), conversation.Text("channel"), conversation["messages"]!.GetValue<int>()));

        await Say(world, sender, "message.sent", "m-2", "m-1", "On its way.", -30);
        await world.Settle();
        Assert.Empty((await world.Admin.Read("/api/conversations?status=open")).Items());
        Assert.Equal("waiting", Assert.Single((await world.Admin.Read("/api/conversations")).Items()).Text("status"));

        var note = await world.Admin.Make($"/api/conversations/{id}/notes", new { text = "Asked the carrier." });
        Assert.Equal(["Where is my order?", "On its way.", "Asked the carrier."], (await world.Admin.Read($"/api/conversations/{id}/messages")).Items().Select(m => m.Text("text")));
        Assert.Equal(["Asked the carrier.", "On its way."], (await world.Admin.Read($"/api/conversations/{id}/messages?sort=-at&limit=2")).Items().Select(m => m.Text("text")));
        await world.Settle();
        Assert.Single((await world.Admin.Read($"/api/customers/{conversation.Text("customerId")}/timeline?kind=note")).Items());
        Assert.StartsWith("key:", note.Text("author"), StringComparison.Ordinal);
        Assert.Equal("Asked the carrier.", (await world.Admin.Read($"/api/messages/{note.Text("id")}"))["message"]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_closed_by_hand_is_opened_by_the_customer_and_not_by_a_machine()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await Say(world, sender, "message.received", "m-1", null, "Hello", -60);
        await world.Settle();
        var id = Assert.Single((await world.Admin.Read("/api/conversations")).Items()).Text("id");
        var closed = await Change(world, id, """{"status":"closed","assignee":"ann"}""");
        Assert.Equal(("closed", "ann"), (closed.Text("status"), closed.Text("assignee")));

        world.Clock.Advance(TimeSpan.FromHours(1));
        await Say(world, sender, "message.auto-replied", "m-2", "m-1", "I am away", 0);
        await world.Settle();
        Assert.Equal("closed", (await world.Admin.Read($"/api/conversations/{id}")).Text("status"));
        await Say(world, sender, "message.received", "m-3", "m-1", "Still there?", 0);
        await world.Settle();
        Assert.Equal(("open", 3), ((await world.Admin.Read($"/api/conversations/{id}")).Text("status"), (await world.Admin.Read($"/api/conversations/{id}"))["messages"]!.GetValue<int>()));
        Assert.Single((await world.Admin.Read("/api/conversations?status=open&assignee=ann")).Items());
    }

    [Fact]
    public async Task A_raw_mail_with_a_large_body_is_kept_beside_the_document_and_read_whole()
    {
        await using var world = await World.Begin();
        var way = await world.Admin.Make("/api/connections", new { name = "Mail", provider = "sendgrid-inbound" });
        var words = new string('订', 80_000);
        var mail = "From: Ann <ann@example.org>\r\nTo: support@company.example\r\nSubject: Long\r\nMessage-ID: <long-1@example.org>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nShort.\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>" + words + "</p>\r\n--b--\r\n";
        using var form = new MultipartFormDataContent("xYz") { { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(mail)), "email" } };
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=xYz");
        using var answer = await world.Anonymous.PostAsync(new Uri(way.Text("url")).AbsolutePath + "?token=" + way.Text("secret"), form, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        await world.Settle();

        var conversation = Assert.Single((await world.Admin.Read("/api/conversations")).Items());
        var message = Assert.Single((await world.Admin.Read($"/api/conversations/{conversation.Text("id")}/messages")).Items());
        Assert.Equal("Short.", message.Text("text"));
        var whole = (await world.Admin.Read($"/api/messages/{message.Text("id")}"))["activity"]!;
        Assert.Equal($"<p>{words}</p>", whole["mail"]!.Text("html"));
        var stored = await world.Documents.Get(new Crm.Ports.DocumentKey(Crm.Ports.Containers.Customers, conversation.Text("customerId"), whole.Text("id")), TestContext.Current.CancellationToken);
        Assert.InRange(stored!.Json.Length, 1, 10_000);
    }

    [Theory]
    [InlineData(600, "closed")]
    [InlineData(-10, "closed")]
    public async Task A_sender_s_clock_that_is_ahead_keeps_nothing_open(int minutes, string status)
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await Say(world, sender, "message.received", "m-1", null, "Hello", minutes);
        await world.Settle();
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var id = Assert.Single((await world.Admin.Read("/api/conversations")).Items()).Text("id");
        Assert.Equal(status, (await Change(world, id, """{"status":"closed"}""")).Text("status"));
    }

    [Fact]
    public async Task A_message_that_was_on_its_way_when_somebody_closed_opens_again()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await Say(world, sender, "message.received", "m-1", null, "Hello", -60);
        await world.Settle();
        var id = Assert.Single((await world.Admin.Read("/api/conversations")).Items()).Text("id");
        await Change(world, id, """{"status":"closed"}""");
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await Say(world, sender, "message.received", "m-2", "m-1", "One more thing", -30);
        await world.Settle();
        Assert.Equal("open", (await world.Admin.Read($"/api/conversations/{id}")).Text("status"));
    }

    [Fact]
    public async Task A_report_that_comes_before_its_message_waits_for_it()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await Say(world, sender, "message.opened", "m-2", null, null, -10);
        await Say(world, sender, "message.delivered", "m-2", null, null, -20);
        await world.Settle();
        Assert.Empty((await world.Admin.Read("/api/conversations")).Items());
        await Say(world, sender, "message.sent", "m-2", null, "On its way.", -30);
        await world.Settle();
        var id = Assert.Single((await world.Admin.Read("/api/conversations")).Items()).Text("id");
        Assert.Equal("opened", Assert.Single((await world.Admin.Read($"/api/conversations/{id}/messages")).Items()).Text("delivery"));
        await Say(world, sender, "message.bounced", "m-2", null, null, -5);
        await world.Settle();
        Assert.Equal("opened", Assert.Single((await world.Admin.Read($"/api/conversations/{id}/messages")).Items()).Text("delivery"));
    }

    [Fact]
    public async Task A_message_is_edited_and_taken_back()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        await Say(world, sender, "message.received", "m-1", null, "Helo", -60, "webchat");
        await Say(world, sender, "message.edited", "m-1", null, "Hello", -50, "webchat");
        await world.Settle();
        var id = Assert.Single((await world.Admin.Read("/api/conversations")).Items()).Text("id");
        var message = Assert.Single((await world.Admin.Read($"/api/conversations/{id}/messages")).Items());
        Assert.Equal("Hello", message.Text("text"));
        await Say(world, sender, "message.deleted", "m-1", null, null, -40, "webchat");
        await world.Settle();
        var whole = await world.Admin.Read($"/api/messages/{message.Text("id")}");
        Assert.False(whole["message"]!.AsObject().ContainsKey("text") || whole.ContainsKey("activity"));
    }

    [Fact]
    public async Task A_file_is_saved_under_its_safe_name_and_never_shown()
    {
        await using var world = await World.Begin();
        var made = await world.Admin.Make("/api/connections", new { name = "Mail", provider = "sendgrid-inbound" });
        const string Form = "--part\r\nContent-Disposition: form-data; name=\"from\"\r\n\r\nann@example.org\r\n--part\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nBill\r\n--part\r\nContent-Disposition: form-data; name=\"attachment1\"; filename=\"../bill.html\"\r\nContent-Type: image/png\r\n\r\n<html><script>x()</script></html>\r\n--part--";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(made.Text("url")).AbsolutePath + "?token=" + made.Text("secret")) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Form)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=part");
        (await world.Anonymous.SendAsync(request, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await world.Settle();
        var conversation = Assert.Single((await world.Admin.Read("/api/conversations")).Items()).Text("id");
        var message = Assert.Single((await world.Admin.Read($"/api/conversations/{conversation}/messages")).Items()).Text("id");
        using var file = await world.Admin.GetAsync($"/api/messages/{message}/attachments/0", TestContext.Current.CancellationToken);
        Assert.Equal(("application/octet-stream", "attachment", "bill.html"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType, file.Content.Headers.ContentDisposition.FileNameStar));
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("<html><script>x()</script></html>", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await world.Admin.Read($"/api/messages/{message}/attachments/1", HttpStatusCode.NotFound);
        await world.Admin.Read($"/api/messages/{message}/attachments/x", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_list_is_narrowed_and_continued_while_messages_arrive()
    {
        await using var world = await World.Begin();
        var sender = await world.Connect();
        for (var i = 0; i < 5; i++) await Say(world, sender, "message.received", $"m-{i}", null, $"Hello {i}", -60 + i, "webchat", $"p{i}@example.org");
        await world.Settle();
        var first = await world.Admin.Read("/api/conversations?limit=2");
        await Say(world, sender, "message.received", "m-9", null, "New", 0, "webchat", "new@example.org");
        await world.Settle();
        var second = await world.Admin.Read($"/api/conversations?limit=3&cursor={first.Text("nextCursor")}");
        var ids = first.Items().Concat(second.Items()).Select(c => c.Text("customerId")).ToList();
        Assert.Equal(5, ids.Distinct().Count());
        Assert.Single((await world.Admin.Read($"/api/conversations?customerId={ids[0]}")).Items());
        Assert.Empty((await world.Admin.Read("/api/conversations?channel=email")).Items());
        Assert.Equal(6, (await world.Admin.Read("/api/conversations?channel=webchat")).Items().Count());
    }

    [Fact]
    public async Task Who_may_not_read_messages_may_not()
    {
        await using var world = await World.Begin();
        using var analyst = await world.As(Role.Analyst);
        await analyst.Read("/api/conversations");
        await analyst.Read("/api/conversations/c.conversation.a/messages", HttpStatusCode.Forbidden);
    }

    private static Task Say(World world, StandardSender sender, string type, string id, string? answers, string? text, int minute, string channel = "email", string who = "ann@example.org") =>
        sender.Deliver(new JsonObject
        {
            ["type"] = type,
            ["timestamp"] = world.Clock.GetUtcNow().AddMinutes(minute).ToString("O"),
            ["data"] = new JsonObject
            {
                ["channel"] = channel,
                ["customer"] = new JsonObject { ["email"] = who },
                ["from"] = new JsonObject { ["address"] = type == "message.sent" ? "support@company.example" : who },
                ["subject"] = text is null ? null : "A question",
                ["text"] = text,
                ["messageId"] = id,
                ["inReplyTo"] = answers,
            },
        }.ToJsonString());

    private static async Task<JsonObject> Change(World world, string id, string patch)
    {
        using var read = await world.Admin.GetAsync($"/api/conversations/{id}", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/conversations/{id}") { Content = new StringContent(patch, Encoding.UTF8, "application/merge-patch+json") };
        request.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.Tag);
        using var answer = await world.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Json(HttpStatusCode.OK);
    }
}
