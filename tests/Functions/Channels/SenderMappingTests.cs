using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Channels;
using Crm.Tests.Support;

namespace Crm.Tests.Functions.Channels;

/// <summary>What each sender's documented payloads become. The payloads are our own, written from the documented fields.</summary>
public sealed class SenderMappingTests
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly IChannel[] Channels = [new SendGridEvents(), new SlackEvents(), new CloudEvents(), new SegmentCalls()];

    [Theory]
    [InlineData("sendgrid-events", "every-type")]
    [InlineData("sendgrid-events", "faulty-among-sound")] // 13, 25, 28, 30
    [InlineData("slack", "message")]
    [InlineData("slack", "answer-in-thread")]
    [InlineData("slack", "message-changed")]
    [InlineData("slack", "message-deleted")]
    [InlineData("slack", "own-bot")] // 20
    [InlineData("slack", "own-app")] // 20
    [InlineData("slack", "other-bot")]
    [InlineData("slack", "reaction")] // 25
    [InlineData("slack", "no-user")]
    [InlineData("cloudevents", "structured")]
    [InlineData("cloudevents", "batch")] // 18, 28
    [InlineData("segment", "batch")] // 28, 31
    public void A_payload_becomes_the_approved_items(string provider, string name)
    {
        var body = File.ReadAllBytes(Repository.Golden("channels", provider, name + ".json"));
        var type = provider == "cloudevents" ? $"application/cloudevents{(name == "batch" ? "-batch" : "")}+json" : "application/json";
        var items = Map(provider, body, type, provider == "segment" ? "batch" : null);
        var text = JsonSerializer.Serialize(items.Select(i => (object)i), Readable) + "\n";
        Golden.Match($"channels/{provider}/{name}.items.json", Encoding.UTF8.GetBytes(text));
    }

    [Theory] // 12, 13
    [InlineData("")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[null,[],{}]")]
    [InlineData("{\"batch\":{}}")]
    [InlineData("{\"type\":\"event_callback\",\"event\":[]}")]
    [InlineData("{\"type\":\"a\",\"type\":\"b\"}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"event\":NaN}")]
    [InlineData("\ufeff{}")]
    public void A_hostile_body_is_quarantined_or_empty_and_never_throws(string body)
    {
        foreach (var channel in Channels)
        {
            foreach (var type in new[] { "application/json", "application/cloudevents+json", "application/cloudevents-batch+json", "text/plain; charset=utf-16" })
                Assert.DoesNotContain(Map(channel.Provider, Encoding.UTF8.GetBytes(body), type, channel.TakesCalls ? "batch" : null), i => i is MappedItem.Event);
        }
    }

    [Fact] // 12
    public void Bytes_that_are_not_text_are_quarantined()
    {
        byte[] body = [.. "{\"type\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        foreach (var channel in Channels)
            Assert.IsType<MappedItem.Quarantined>(Assert.Single(Map(channel.Provider, body, "application/cloudevents+json", channel.TakesCalls ? "track" : null)));
    }

    [Theory] // 18
    [InlineData("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀")]
    [InlineData("\"a \\\"b\\\" c\"", "a \"b\" c")]
    [InlineData("%41%2541", "A%41")]
    [InlineData("%C0%A0", null)]
    [InlineData("%ED%A0%80", null)]
    [InlineData("%4", null)]
    [InlineData("%+1", null)]
    [InlineData("%zz", null)]
    [InlineData("ü", null)]
    public void A_header_of_a_cloudevent_is_decoded_once_and_strictly(string header, string? expected) => Assert.Equal(expected, CloudEvents.Decode(header));

    [Fact]
    public void A_binary_cloudevent_is_read_from_its_headers()
    {
        var headers = new Dictionary<string, string> { ["ce-specversion"] = "1.0", ["ce-id"] = "e%201", ["ce-source"] = "/shop", ["ce-type"] = "message.sent", ["ce-subject"] = "ann@example.org", ["ce-time"] = "2026-11-23T09:00:00Z" };
        var e = Assert.IsType<MappedItem.Event>(Assert.Single(Map("cloudevents", "{\"text\":\"Hi\"}"u8.ToArray(), "application/json", null, headers)));
        Assert.Equal(("/shop|e 1", "message.sent", "ann@example.org", "Hi"), (e.ProviderEventId, e.Type, e.Customer.Value, e.Text));

        foreach (var missing in new[] { "ce-specversion", "ce-id", "ce-source", "ce-type" })
            Assert.IsType<MappedItem.Quarantined>(Assert.Single(Map("cloudevents", "{\"text\":\"Hi\"}"u8.ToArray(), "application/json", null, headers.Where(h => h.Key != missing).ToDictionary())));
    }

    [Theory] // 15, 17
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\a.txt", "a.txt")]
    [InlineData("CON", "file-CON")]
    [InlineData("nul.txt", "file-nul.txt")]
    [InlineData("", "file-")]
    [InlineData("..", "file-")]
    [InlineData("a\r\nb.txt", "ab.txt")]
    [InlineData("gpj.\u202Eexe", "gpj.exe")]
    [InlineData("com.pdf", "com.pdf")]
    public void A_files_name_is_made_safe(string said, string safe) => Assert.Equal(safe, ReceivedFile.SafeName(said));

    private static IReadOnlyList<MappedItem> Map(string provider, byte[] body, string type, string? call, Dictionary<string, string>? headers = null) =>
        Channels.Single(c => c.Provider == provider).Map(
            new Receipt
            {
                Id = "receipt-1",
                ConnectionId = "connection-1",
                Provider = provider,
                ReceivedAt = ReceivedAt,
                ContentType = type,
                Call = call,
                Headers = headers ?? [],
                BodyBytes = body.Length,
                Verification = new ReceiptVerification("test", 0, ReceivedAt, 0),
            },
            body);
}
