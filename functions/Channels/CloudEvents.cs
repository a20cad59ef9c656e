using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Crm.Kernel;
using Microsoft.AspNetCore.Http;

namespace Crm.Channels;

/// <summary>
/// CloudEvents 1.0 over HTTP in all three modes: structured, binary (<c>ce-</c> headers) and batch, with the handshake of its
/// webhook specification. The data has the form of <see cref="StandardEvent"/>; one event is one by source and id.
/// </summary>
public sealed class CloudEvents : IChannel
{
    private const string Prefix = "ce-";
    private const string Structured = "application/cloudevents";
    private const string Batch = "application/cloudevents-batch";
    private const string Origin = "WebHook-Request-Origin";
    private const int MaxAttributes = 40;
    private const int MaxBatch = 1000;

    private static readonly JsonEventFormatter Formatter = new();
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Provider => "cloudevents";

    public int BodyLimit => 4 * 1024 * 1024;

    public int MappingVersion => 1;

    public IReadOnlyList<string> KeptHeaders { get; } = [Origin];

    public string? NewSecret() => SharedSecret.New();

    public string SecretFormat => SharedSecret.Format;

    public SigningKey? KeyOf(string secret) => SharedSecret.KeyOf(secret);

    public Verification Verify(HookRequest request, IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        SharedSecret.Verify(
            SharedSecret.Bearer(request) ?? request.Parameter("access_token"), keys, now, Model.Trust.Authenticated,
            "Authorization", "expected Bearer and the connection's secret (or ?access_token=)");

    public IEnumerable<string> AlsoKept(IHeaderDictionary headers) =>
        headers.Keys.Where(k => k.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).Select(k => k.ToLowerInvariant()).Order(StringComparer.Ordinal);

    /// <summary>Consent to whoever holds an address that cannot be guessed; its callback is never called.</summary>
    public IResult? Consent(HookRequest request) =>
        request.One(Origin) is { Length: > 0 and <= 253 } origin && !origin.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new HookAnswer(StatusCodes.Status200OK, headers: [("WebHook-Allowed-Origin", origin), ("WebHook-Allowed-Rate", "*"), ("Allow", "POST")])
            : null;

    /// <summary>A form that is no CloudEvent at all: 415; a header that cannot be read: 400.</summary>
    public IResult? AnswerAtOnce(HookRequest request)
    {
        var type = MediaTypeOf(request.Headers.ContentType.ToString());
        if (type.StartsWith(Structured, StringComparison.Ordinal))
            return type is Structured + "+json" or Batch + "+json" ? null : Answer.Problem(Problems.UnsupportedMediaType("application/cloudevents+json, application/cloudevents-batch+json, or ce- headers", type));

        var names = AlsoKept(request.Headers).ToList();
        if (names.Count == 0) return Answer.Problem(Problems.UnsupportedMediaType("application/cloudevents+json, application/cloudevents-batch+json, or ce- headers", type));
        foreach (var name in names)
        {
            if (names.Count > MaxAttributes || request.One(name) is not { } value || Decode(value) is null || name == Prefix + "datacontenttype")
                return Answer.Problem(Problems.Invalid(FieldError.Of(name, "expected at most 40 ce- headers, each once, in percent-encoded UTF-8, and no ce-datacontenttype")));
        }
        return null;
    }

    public IReadOnlyList<MappedItem> Map(Receipt receipt, ReadOnlyMemory<byte> body)
    {
        var type = MediaTypeOf(receipt.ContentType);
        if (!type.StartsWith(Structured, StringComparison.Ordinal)) return [MapOne(receipt, 0, () => FromHeaders(receipt, body))];
        var (document, fault) = ReadJson.Document(body);
        using var parsed = document;
        if (document is null) return [fault!];
        if (!type.StartsWith(Batch, StringComparison.Ordinal)) return [MapOne(receipt, 0, () => FromJson(document.RootElement))];
        if (document.RootElement.ValueKind != JsonValueKind.Array) return [new MappedItem.Quarantined(0, "no-array", "expected an array of events")];
        if (document.RootElement.GetArrayLength() > MaxBatch) return [new MappedItem.Quarantined(0, "too-many", $"expected at most {MaxBatch} events")];
        return [.. document.RootElement.EnumerateArray().Select((e, i) => MapOne(receipt, i, () => FromJson(e)))];
    }

    private static MappedItem MapOne(Receipt receipt, int index, Func<CloudEvent> read)
    {
        CloudEvent e;
        try
        {
            e = read();
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException or InvalidOperationException or FormatException)
        {
            // The library's words may repeat what was sent.
            return new MappedItem.Quarantined(index, "no-cloudevent", "expected specversion 1.0, id, source and type, and valid attributes");
        }
        if (e.Data is not JsonElement { ValueKind: JsonValueKind.Object } data) return new MappedItem.Quarantined(index, "no-data", "expected a JSON object as data");
        return StandardEvent.Of(receipt, index, $"{e.Source}|{e.Id}", e.Type!, (e.Time ?? receipt.ReceivedAt).ToString("O"), data, e.Subject);
    }

    private static CloudEvent FromJson(JsonElement e) =>
        Formatter.DecodeStructuredModeMessage(Encoding.UTF8.GetBytes(e.GetRawText()), new ContentType("application/cloudevents+json"), []);

    private static CloudEvent FromHeaders(Receipt receipt, ReadOnlyMemory<byte> body)
    {
        if (receipt.Headers.GetValueOrDefault("ce-specversion") != "1.0") throw new FormatException("specversion");
        var e = new CloudEvent(CloudEventsSpecVersion.V1_0);
        foreach (var (name, value) in receipt.Headers)
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && name != "ce-specversion") e.SetAttributeFromString(name[Prefix.Length..], Decode(value) ?? throw new FormatException(name));
        }
        if (!e.IsValid || JsonSyntax.Check(body.Span) is not null) throw new FormatException("event");
        e.Data = JsonElement.Parse(body.Span);
        return e;
    }

    /// <summary>Unquoted, then percent-decoded once; null when that is not UTF-8.</summary>
    internal static string? Decode(string value)
    {
        var text = value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal) : value;
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > '~') return null;
            if (text[i] != '%') bytes.Add((byte)text[i]);
            else if (i + 2 >= text.Length || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)) return null;
            else
            {
                bytes.Add(octet);
                i += 2;
            }
        }
        try { return Strict.GetString([.. bytes]); }
        catch (ArgumentException) { return null; }
    }

    private static string MediaTypeOf(string? contentType) => (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
}
