using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crm.Model;
using Microsoft.AspNetCore.Http;

namespace Crm.Channels;

/// <summary>
/// Slack's Events API. Signed is <c>v0:timestamp:body</c>, HMAC-SHA256 in hex, by the app's signing secret. A person is known by
/// workspace and user; what the app itself said is left out.
/// </summary>
public sealed class SlackEvents : IChannel
{
    private const string TimestampHeader = "X-Slack-Request-Timestamp";
    private const string SignatureHeader = "X-Slack-Signature";
    private const string Scheme = "slack-v0";
    private const int MaxChallenge = 500;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public string Provider => "slack";

    public int BodyLimit => 1024 * 1024;

    public int MappingVersion => 1;

    public IReadOnlyList<string> KeptHeaders { get; } = [TimestampHeader, "X-Slack-Retry-Num", "X-Slack-Retry-Reason"];

    public string? NewSecret() => null;

    public string SecretFormat => "the signing secret of the Slack app (20 to 100 letters and digits)";

    public SigningKey? KeyOf(string secret) =>
        secret.Length is >= 20 and <= 100 && secret.All(char.IsAsciiLetterOrDigit) ? new SigningKey(Scheme, Encoding.ASCII.GetBytes(secret)) : null;

    public Verification Verify(HookRequest request, IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        if (request.One(TimestampHeader) is not { Length: > 0 and <= 11 } stamp || !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return new Verification.Refused(TimestampHeader, "expected one time in whole Unix seconds");
        var signedAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if ((now - signedAt).Duration() > Tolerance) return new Verification.Refused(TimestampHeader, "expected a time within 300 seconds of now");
        if (request.One(SignatureHeader) is not { Length: 67 } text || !text.StartsWith("v0=", StringComparison.Ordinal) || !text.Skip(3).All(char.IsAsciiHexDigit))
            return new Verification.Refused(SignatureHeader, "expected one v0= and 64 hexadecimal digits");
        if (keys.Count == 0) return new Verification.Unable();

        byte[] content = [.. Encoding.ASCII.GetBytes($"v0:{stamp}:"), .. request.Body.Span];
        var given = Convert.FromHexString(text.AsSpan(3));
        int? match = null;
        for (var k = keys.Count - 1; k >= 0; k--)
        {
            if (CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(keys[k].Bytes, content))) match = k;
        }
        return match is { } key
            ? new Verification.Signed(Scheme, key, signedAt)
            : new Verification.Refused(SignatureHeader, "expected a signature of this exact body by the app's signing secret");
    }

    public IResult Accepted(string receiptId) => new HookAnswer(StatusCodes.Status200OK);

    /// <summary>The signed handshake; a challenge as text, so that no browser reads it as a page.</summary>
    public IResult? AnswerAtOnce(HookRequest request)
    {
        var (document, _) = ReadJson.Document(request.Body);
        using var parsed = document;
        if (document is null || document.RootElement.Text("type") != "url_verification") return null;
        return document.RootElement.Text("challenge", MaxChallenge + 1) is { Length: > 0 and <= MaxChallenge } challenge
            ? new HookAnswer(StatusCodes.Status200OK, challenge, "text/plain; charset=utf-8")
            : new HookAnswer(StatusCodes.Status400BadRequest);
    }

    public IReadOnlyList<MappedItem> Map(Receipt receipt, ReadOnlyMemory<byte> body)
    {
        var (document, fault) = ReadJson.Document(body);
        using var parsed = document;
        if (document is null) return [fault!];
        var root = document.RootElement;
        if (root.Text("type") != "event_callback") return [new MappedItem.Quarantined(0, "no-event", "expected event_callback in /type")];
        if (root.Text("event_id") is not { Length: > 0 } id || root.Text("team_id") is not { Length: > 0 } team || root.Object("event") is not { } e || e.Text("type") is not { Length: > 0 } type)
            return [new MappedItem.Quarantined(0, "no-event", "expected /event_id, /team_id and /event/type")];
        return MapOne(receipt, root, id, team, e, type) is { } item ? [item] : [];
    }

    private static MappedItem? MapOne(Receipt receipt, JsonElement root, string id, string team, JsonElement e, string type)
    {
        var subtype = e.Text("subtype");
        var said = subtype switch { "message_changed" => e.Object("message"), "message_deleted" => e.Object("previous_message"), _ => e } ?? e;
        if (IsOurs(root, said)) return null;
        var user = said.Text("user") ?? said.Object("user")?.Text("id") ?? said.Text("bot_id");
        if (Identity.External(receipt.ConnectionId, user is null ? null : $"{team}:{user}") is not { } customer)
            return new MappedItem.Quarantined(0, "no-customer", "expected a user in /event");

        var warnings = new List<string>();
        var ts = subtype == "message_deleted" ? e.Text("deleted_ts") : said.Text("ts");
        var thread = said.Text("thread_ts");
        return new MappedItem.Event(
            id, subtype is null ? type : $"{type}.{subtype}", customer, null, TypeOf(type, subtype, said), Channel.Slack, Direction.Inbound,
            ReadJson.TimeOr(e.UnixTime("event_ts") ?? e.UnixTime("ts") ?? root.UnixTime("event_time"), receipt.ReceivedAt, warnings))
        {
            From = new Party(user, null),
            Text = subtype == "message_deleted" ? null : said.Text("text", ReadJson.MaxText),
            ConversationId = e.Text("channel"),
            ProviderMessageId = ts,
            ParentMessageId = thread == ts ? null : thread,
            Properties = type is "message" or "app_mention" ? null : e.Clone(),
            Warnings = warnings,
        };
    }

    private static string TypeOf(string type, string? subtype, JsonElement said) => (type, subtype) switch
    {
        ("message", "message_changed") => "message.edited",
        ("message", "message_deleted") => "message.deleted",
        ("message", "bot_message") => "message.auto-replied",
        ("message", null or "file_share" or "thread_broadcast" or "me_message") => said.Text("bot_id") is null ? "message.received" : "message.auto-replied",
        _ => "unknown",
    };

    /// <summary>Said by this app itself: taking it in would answer our own voice.</summary>
    private static bool IsOurs(JsonElement root, JsonElement said)
    {
        if (root.Text("api_app_id") is { } app && (said.Text("app_id") == app || said.Object("bot_profile")?.Text("app_id") == app)) return true;
        return said.Text("user") is { } user
            && root.Items("authorizations").Any(a => a.IsTrue("is_bot") && a.Text("user_id") == user);
    }
}
