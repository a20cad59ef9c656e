using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crm.Model;

namespace Crm.Channels;

/// <summary>
/// SendGrid's Event Webhook: an array of deliveries, opens, clicks and consent. Signed is timestamp + raw body, ECDSA P-256 with
/// SHA-256; the connection's secret is the public verification key that SendGrid shows.
/// </summary>
public sealed class SendGridEvents : IChannel
{
    private const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";
    private const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    private const string Scheme = "ecdsa-p256-sha256";

    // It sends again for 24 hours, and does not say that it signs anew. A replay is a duplicate: claims live longer.
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(25);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "email", "event", "timestamp", "sg_event_id", "sg_message_id", "smtp-id", "category", "reason", "url", "useragent", "ip", "sg_machine_open",
        "marketing_campaign_id", "marketing_campaign_name",
    };

    public string Provider => "sendgrid-events";

    public int BodyLimit => 4 * 1024 * 1024;

    public int MappingVersion => 1;

    public IReadOnlyList<string> KeptHeaders { get; } = [TimestampHeader];

    public string? NewSecret() => null;

    public string SecretFormat => "the base64 verification key of SendGrid's signed event webhook";

    public SigningKey? KeyOf(string secret)
    {
        if (!Base64.IsValid(secret, out var length) || length is 0 or > 200) return null;
        var bytes = Convert.FromBase64String(secret);
        using var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(bytes, out var read);
            return read == bytes.Length && key.KeySize == 256 ? new SigningKey(Scheme, bytes) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public Verification Verify(HookRequest request, IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        if (request.One(TimestampHeader) is not { Length: > 0 and <= 11 } stamp || !long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return new Verification.Refused(TimestampHeader, "expected one time in whole Unix seconds");
        var signedAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (now - signedAt > Oldest || signedAt - now > Ahead) return new Verification.Refused(TimestampHeader, "expected a time of the last 25 hours");
        if (request.One(SignatureHeader) is not { Length: <= 200 } text || !Base64.IsValid(text, out var length) || length == 0)
            return new Verification.Refused(SignatureHeader, "expected one base64 signature");
        if (keys.Count == 0) return new Verification.Unable();

        byte[] content = [.. Encoding.ASCII.GetBytes(stamp), .. request.Body.Span];
        var signature = Convert.FromBase64String(text);
        for (var k = 0; k < keys.Count; k++)
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(keys[k].Bytes, out _);
            if (key.VerifyData(content, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)) return new Verification.Signed(Scheme, k, signedAt);
        }
        return new Verification.Refused(SignatureHeader, "expected a signature of the timestamp and this exact body by the connection's key");
    }

    public IReadOnlyList<MappedItem> Map(Receipt receipt, ReadOnlyMemory<byte> body)
    {
        var (document, fault) = ReadJson.Document(body);
        using var parsed = document;
        if (document is null) return [fault!];
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? [.. document.RootElement.EnumerateArray().Select((e, i) => MapOne(receipt, e, i))]
            : [new MappedItem.Quarantined(0, "no-array", "expected an array of events")];
    }

    private static MappedItem MapOne(Receipt receipt, JsonElement e, int index)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"/{index}");
        if (e.Text("event") is not { Length: > 0 } word) return new MappedItem.Quarantined(index, "no-type", $"expected a text in {at}/event");
        if (e.Text("sg_event_id") is not { Length: > 0 } id) return new MappedItem.Quarantined(index, "no-id", $"expected a text in {at}/sg_event_id");
        if (Identity.Email(e.Text("email", Identity.MaxLength)) is not { } customer) return new MappedItem.Quarantined(index, "no-customer", $"expected an e-mail address in {at}/email");

        var warnings = new List<string>();
        var party = new Party(e.Text("email", Identity.MaxLength), null);
        var direction = DirectionOf(word);
        return new MappedItem.Event(id, word, customer, null, TypeOf(word), Channel.Email, direction, ReadJson.TimeOr(e.UnixTime("timestamp"), receipt.ReceivedAt, warnings))
        {
            From = direction == Direction.Inbound ? party : null,
            To = direction == Direction.Outbound ? [party] : [],
            ProviderMessageId = e.Text("sg_message_id"),
            Mail = e.Text("smtp-id", 1000)?.Trim('<', '>') is { Length: > 0 } messageId ? new Mail { MessageId = messageId } : null,
            Engagement = new Engagement
            {
                CampaignId = e.Text("marketing_campaign_id") ?? (e.TryGetProperty("marketing_campaign_id", out var campaign) && campaign.ValueKind == JsonValueKind.Number ? campaign.GetRawText() : null),
                CampaignName = e.Text("marketing_campaign_name"),
                Url = e.Text("url", 2000),
                UserAgent = e.Text("useragent", 500),
                Ip = e.Text("ip", 50),
                IsMachine = e.IsTrue("sg_machine_open"),
                Tags = e.Text("category") is { } one ? [one] : [.. e.Items("category").Where(t => t.ValueKind == JsonValueKind.String).Take(50).Select(t => ReadJson.Cut(t.GetString(), ReadJson.MaxName)!)],
                Reason = e.Text("reason", 1000),
            },
            Properties = e.Rest(Known.Contains),
            Warnings = warnings,
        };
    }

    private static string TypeOf(string word) => word switch
    {
        "processed" => "message.sent",
        "delivered" => "message.delivered",
        "deferred" => "message.deferred",
        "bounce" => "message.bounced",
        "dropped" => "message.failed",
        "open" => "message.opened",
        "click" => "message.clicked",
        "spamreport" => "message.complained",
        "unsubscribe" or "group_unsubscribe" => "consent.unsubscribed",
        "group_resubscribe" => "consent.resubscribed",
        _ => "unknown",
    };

    private static Direction DirectionOf(string word) => word is "processed" or "delivered" or "deferred" or "bounce" or "dropped" ? Direction.Outbound : Direction.Inbound;
}
