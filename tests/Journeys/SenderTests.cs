using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Crm.Tests.Support;

namespace Crm.Tests.Journeys;

/// <summary>Each sender through the real host: its answers, and what the customer's timeline then holds.</summary>
public sealed class SenderTests
{
    private const string SlackSecret = "0123456789abcdef0123456789abcdef";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slack_shakes_hands_signed_and_a_retry_is_one_message_10_27()
    {
        await using var world = await World.Begin();
        var path = await Path(world, "slack", SlackSecret);

        using var hand = await world.Anonymous.SendAsync(Slack(world, path, """{"type":"url_verification","challenge":"<b>abc"}"""), Token);
        Assert.Equal((HttpStatusCode.OK, "<b>abc", "text/plain"), (hand.StatusCode, await hand.Content.ReadAsStringAsync(Token), hand.Content.Headers.ContentType!.MediaType!));
        Assert.Equal("nosniff", Assert.Single(hand.Headers.GetValues("X-Content-Type-Options")));
        using var forged = await world.Anonymous.SendAsync(Slack(world, path, """{"type":"url_verification","challenge":"abc"}""", "another-secret-of-32-characters-"), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);

        var body = await File.ReadAllTextAsync(Repository.Golden("channels", "slack", "message.json"), Token);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var answer = await world.Anonymous.SendAsync(Slack(world, path, body), Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        await world.Settle();
        Assert.Equal("message.received", Assert.Single(await Timeline(world)).Text("type"));
    }

    [Fact]
    public async Task SendGrid_events_are_taken_item_by_item_and_a_repeated_batch_changes_nothing_27_28()
    {
        await using var world = await World.Begin();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var path = await Path(world, "sendgrid-events", Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
        var body = await File.ReadAllBytesAsync(Repository.Golden("channels", "sendgrid-events", "faulty-among-sound.json"), Token);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            using var request = Post(path, body, "application/json");
            var stamp = $"{world.Clock.GetUtcNow().ToUnixTimeSeconds()}";
            request.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", stamp);
            request.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", Convert.ToBase64String(key.SignData([.. Encoding.ASCII.GetBytes(stamp), .. body], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
            using var answer = await world.Anonymous.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
        await world.Settle();
        Assert.Equal(["message.deferred", "message.delivered", "message.sent"], (await Timeline(world)).Select(a => a.Text("type")).Order());
        Assert.Equal(10, (await world.Admin.Read("/api/dead-letters")).Items().Count());
    }

    [Fact]
    public async Task CloudEvents_ask_for_consent_and_come_in_three_modes_18()
    {
        await using var world = await World.Begin();
        var created = await world.Admin.Make("/api/connections", new { name = "Grid", provider = "cloudevents" });
        var path = new Uri(created.Text("url")).AbsolutePath;

        using var ask = new HttpRequestMessage(HttpMethod.Options, path) { Headers = { { "WebHook-Request-Origin", "grid.example" } } };
        using var consent = await world.Anonymous.SendAsync(ask, Token);
        Assert.Equal((HttpStatusCode.OK, "grid.example"), (consent.StatusCode, consent.Headers.GetValues("WebHook-Allowed-Origin").Single()));

        async Task<HttpStatusCode> Send(string body, string type, string? secret = null, params (string Name, string Value)[] headers)
        {
            using var request = Post(path, Encoding.UTF8.GetBytes(body), type);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret ?? created.Text("secret"));
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await world.Anonymous.SendAsync(request, Token);
            return answer.StatusCode;
        }

        var structured = await File.ReadAllTextAsync(Repository.Golden("channels", "cloudevents", "structured.json"), Token);
        Assert.Equal(HttpStatusCode.Unauthorized, await Send(structured, "application/cloudevents+json", "wrong"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await Send("<a/>", "application/cloudevents+xml"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await Send(structured, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, await Send("{}", "application/json", null, ("ce-specversion", "1.0"), ("ce-id", "%C0%A0")));
        Assert.Equal(HttpStatusCode.Accepted, await Send(structured, "application/cloudevents+json"));
        Assert.Equal(HttpStatusCode.Accepted, await Send($"[{structured},{structured}]", "application/cloudevents-batch+json"));
        Assert.Equal(HttpStatusCode.Accepted, await Send("""{"text":"Hi"}""", "application/json", null,
            ("ce-specversion", "1.0"), ("ce-id", "b%201"), ("ce-source", "/shop"), ("ce-type", "message.sent"), ("ce-subject", "ann@example.org")));
        await world.Settle();
        Assert.Equal(["message.received", "message.sent"], (await Timeline(world)).Select(a => a.Text("type")).Order());
        Assert.All(await Timeline(world), a => Assert.Equal("authenticated", a.Text("trust")));
    }

    [Fact]
    public async Task Segment_calls_are_claims_and_never_touch_an_address_31()
    {
        await using var world = await World.Begin();
        var shop = await world.Connect();
        await shop.Deliver(StandardSender.Message("ann@example.org", "Hi", world.Clock.GetUtcNow()));
        var created = await world.Admin.Make("/api/connections", new { name = "Site", provider = "segment" });
        Assert.EndsWith("/v1", created.Text("url"), StringComparison.Ordinal);

        async Task<HttpStatusCode> Send(string call, string body, string key)
        {
            using var request = Post($"/v1/{call}", Encoding.UTF8.GetBytes(body), "application/json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(key + ":")));
            using var answer = await world.Anonymous.SendAsync(request, Token);
            return answer.StatusCode;
        }

        var batch = await File.ReadAllTextAsync(Repository.Golden("channels", "segment", "batch.json"), Token);
        Assert.Equal(HttpStatusCode.OK, await Send("batch", batch, created.Text("secret")));
        Assert.Equal(HttpStatusCode.OK, await Send("batch", batch, created.Text("secret")));
        Assert.Equal(HttpStatusCode.OK, await Send("track", """{"messageId":"t1","userId":"u-17","event":"Seen"}""", created.Text("secret")));
        Assert.Equal(HttpStatusCode.Unauthorized, await Send("track", "{}", created.Text("id") + ".wrong"));
        Assert.Equal(HttpStatusCode.NotFound, await Send("track", "{}", "nothing"));
        Assert.Equal(HttpStatusCode.NotFound, await Send("buy", "{}", created.Text("secret")));
        Assert.Equal(HttpStatusCode.BadRequest, await Send("track", $$"""{"x":"{{new string('y', 33_000)}}"}""", created.Text("secret")));
        Assert.Equal(HttpStatusCode.BadRequest, await Send("batch", new string(' ', 513_000), created.Text("secret")));
        await world.Settle();

        var customers = (await world.Admin.Read("/api/customers")).Items().Select(c => c.Text("id")).ToList();
        Assert.Equal(3, customers.Count);
        var timelines = new List<List<JsonNode>>();
        foreach (var id in customers) timelines.Add([.. (await world.Admin.Read($"/api/customers/{id}/timeline")).Items().Select(i => i["activity"]!)]);
        Assert.Equal([1, 1, 6], timelines.Select(t => t.Count).Order());
        Assert.All(timelines.Single(t => t.Count == 6), a => Assert.Equal("claimed", a.Text("trust")));
    }

    private static async Task<string> Path(World world, string provider, string secret) =>
        new Uri((await world.Admin.Make("/api/connections", new { name = provider, provider, secret })).Text("url")).AbsolutePath;

    private static async Task<List<JsonNode>> Timeline(World world)
    {
        var customer = Assert.Single((await world.Admin.Read("/api/customers")).Items()).Text("id");
        return [.. (await world.Admin.Read($"/api/customers/{customer}/timeline")).Items().Select(i => i["activity"]!)];
    }

    private static HttpRequestMessage Slack(World world, string path, string body, string secret = SlackSecret)
    {
        var stamp = $"{world.Clock.GetUtcNow().ToUnixTimeSeconds()}";
        var request = Post(path, Encoding.UTF8.GetBytes(body), "application/json");
        request.Headers.Add("X-Slack-Request-Timestamp", stamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{stamp}:{body}"))));
        return request;
    }

    private static HttpRequestMessage Post(string path, byte[] body, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return request;
    }
}
