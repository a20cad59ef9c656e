using System.Text;
using System.Text.Json;
using Crm.Kernel;
using Crm.Model;
using Microsoft.AspNetCore.Http;

namespace Crm.Channels;

/// <summary>
/// Segment's tracking API (RudderStack speaks it too). The write key stands in browsers for everybody to read: what comes in is a
/// claim. A person is known by the sender's own user or anonymous id only; an e-mail address among the traits names nobody.
/// </summary>
public sealed class SegmentCalls : IChannel
{
    private const int MaxCall = 32 * 1024;
    private const string Expected = "expected Basic and base64 of the write key and a colon";

    private static readonly HashSet<string> Calls = new(StringComparer.Ordinal) { "identify", "track", "page", "screen", "group", "alias" };

    public string Provider => "segment";

    public int BodyLimit => 500 * 1024;

    public int MappingVersion => 1;

    public bool TakesCalls => true;

    public int TooLargeStatus => StatusCodes.Status400BadRequest;

    public IReadOnlyList<string> KeptHeaders { get; } = ["User-Agent"];

    public string? NewSecret() => SharedSecret.New();

    public string SecretFormat => SharedSecret.Format;

    public SigningKey? KeyOf(string secret) => SharedSecret.KeyOf(secret);

    /// <summary>The write key: it names the connection and holds its secret.</summary>
    public string SecretShown(string connectionId, string secret) => $"{connectionId}.{secret}";

    public static (string Connection, string Secret)? WriteKey(string? authorization)
    {
        if (SharedSecret.Basic(authorization) is not { Password: "" } basic) return null;
        var dot = basic.Name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : (basic.Name[..dot], basic.Name[(dot + 1)..]);
    }

    public Verification Verify(HookRequest request, IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        SharedSecret.Verify(WriteKey(request.One("Authorization"))?.Secret, keys, now, Trust.Claimed, "Authorization", Expected);

    public IResult Accepted(string receiptId) => new HookAnswer(StatusCodes.Status200OK, """{"success":true}""");

    public IResult? AnswerAtOnce(HookRequest request) => request.Call switch
    {
        "batch" => null,
        { } call when Calls.Contains(call) => request.Body.Length > MaxCall ? Answer.Problem(Problems.TooLarge(MaxCall) with { Status = TooLargeStatus }) : null,
        _ => Answer.Problem(Problems.NotFound("There is no such call.")),
    };

    public IReadOnlyList<MappedItem> Map(Receipt receipt, ReadOnlyMemory<byte> body)
    {
        var (document, fault) = ReadJson.Document(body);
        using var parsed = document;
        if (document is null) return [fault!];
        var root = document.RootElement;
        if (receipt.Call != "batch") return [MapOne(receipt, 0, receipt.Call, root, shared: null)];
        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("batch", out var batch) && batch.ValueKind == JsonValueKind.Array
            ? [.. batch.EnumerateArray().Select((c, i) => MapOne(receipt, i, c.Text("type"), c, root.Object("context")))]
            : [new MappedItem.Quarantined(0, "no-batch", "expected an array in /batch")];
    }

    private static MappedItem MapOne(Receipt receipt, int index, string? call, JsonElement c, JsonElement? shared)
    {
        if (call is null || !Calls.Contains(call)) return new MappedItem.Quarantined(index, "no-type", "expected identify, track, page, screen, group or alias");
        if (Encoding.UTF8.GetByteCount(c.GetRawText()) > MaxCall) return new MappedItem.Quarantined(index, "too-large", "expected a call of at most 32 kB");
        if (c.Text("messageId") is not { Length: > 0 } id) return new MappedItem.Quarantined(index, "no-id", "expected a text in messageId");
        var user = c.Text("userId", Identity.MaxLength);
        // Apart, so that nobody takes a user's place by sending an anonymous id of that name.
        var name = user is { Length: > 0 } ? $"user:{user}" : c.Text("anonymousId", Identity.MaxLength) is { Length: > 0 } anonymous ? $"anonymous:{anonymous}" : null;
        if (Identity.External(receipt.ConnectionId, name) is not { } customer) return new MappedItem.Quarantined(index, "no-customer", "expected a userId or an anonymousId");

        var warnings = new List<string>();
        if (call == "alias") warnings.Add("alias is a claim: the two are not made one");
        var context = c.Object("context") ?? shared;
        return new MappedItem.Event(
            id, call == "track" && c.Text("event") is { } said ? $"track:{said}" : call, customer, null, TypeOf(call), Channel.Web, Direction.Inbound, TimeOf(c, receipt.ReceivedAt, warnings))
        {
            Subject = c.Text("event") ?? c.Text("name"),
            Engagement = EngagementOf(c, context),
            Properties = c.Rest(p => p is not ("properties" or "traits" or "groupId" or "previousId" or "anonymousId" or "integrations")),
            Warnings = warnings,
        };
    }

    private static string TypeOf(string call) => call switch
    {
        "identify" or "group" or "alias" => "contact.updated",
        "page" or "screen" => "page.viewed",
        _ => "track.custom",
    };

    private static DateTimeOffset TimeOf(JsonElement c, DateTimeOffset receivedAt, List<string> warnings) =>
        ReadJson.TimeOr(UtcTimestamps.Parse(c.Text("timestamp", 40)) ?? UtcTimestamps.Parse(c.Text("originalTimestamp", 40)), receivedAt, warnings);

    private static Engagement EngagementOf(JsonElement c, JsonElement? context)
    {
        var campaign = context?.Object("campaign");
        var utm = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (ours, theirs) in new[] { ("campaign", "name"), ("source", "source"), ("medium", "medium"), ("term", "term"), ("content", "content") })
        {
            if (campaign?.Text(theirs) is { Length: > 0 } value) utm[ours] = value;
        }
        return new Engagement
        {
            CampaignName = campaign?.Text("name"),
            Url = c.Object("properties")?.Text("url", 2000) ?? context?.Object("page")?.Text("url", 2000),
            UserAgent = context?.Text("userAgent", 500),
            Ip = context?.Text("ip", 50),
            Utm = utm,
        };
    }
}
