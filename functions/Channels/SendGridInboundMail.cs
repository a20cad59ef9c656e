using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crm.Channels.Mime;
using Crm.Kernel;
using Crm.Model;
using Microsoft.AspNetCore.Http;
using MimeKit;

namespace Crm.Channels;

/// <summary>
/// SendGrid's Inbound Parse: one e-mail as a form, each text field in the charset that the field <c>charsets</c> names. It carries
/// no signature: the connection's secret stands in the address (<c>?token=</c>) or in its basic authentication.
/// </summary>
public sealed class SendGridInboundMail : IChannel
{
    private const int MaxParts = 200;
    private const int MaxSubject = 1_000;

    static SendGridInboundMail() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public string Provider => "sendgrid-inbound";

    /// <summary>SendGrid sends up to 30 MB and drops what is refused as too large.</summary>
    public int BodyLimit => 32 * 1024 * 1024;

    public int MappingVersion => 2;

    public IReadOnlyList<string> KeptHeaders { get; } = [];

    /// <summary>It drops the mail for good on any 4xx: a wrong secret of ours must not lose mail.</summary>
    public int RefusedStatus => StatusCodes.Status503ServiceUnavailable;

    public string? NewSecret() => SharedSecret.New();

    public string SecretFormat => SharedSecret.Format;

    public SigningKey? KeyOf(string secret) => SharedSecret.KeyOf(secret);

    public Verification Verify(HookRequest request, IReadOnlyList<SigningKey> keys, DateTimeOffset now) =>
        SharedSecret.Verify(
            request.Parameter("token") ?? SharedSecret.Basic(request.One("Authorization"))?.Password, keys, now, Trust.Authenticated,
            "Authorization", "expected ?token= with the connection's secret, or basic authentication with it as the password");

    public IReadOnlyList<MappedItem> Map(Receipt receipt, ReadOnlyMemory<byte> body)
    {
        if (!MimeKit.ContentType.TryParse(receipt.ContentType ?? "", out var type) || !type.IsMimeType("multipart", "form-data") || string.IsNullOrEmpty(type.Boundary))
            return [new MappedItem.Quarantined(0, "no-form", "expected multipart/form-data with a boundary")];
        try
        {
            using var form = MimeEntity.Load(type, new MemoryStream(body.ToArray())) as Multipart;
            if (form is null || form.Count is 0 or > MaxParts) return [new MappedItem.Quarantined(0, "no-form", $"expected 1 to {MaxParts} parts")];
            return MapForm(receipt, new Form(form));
        }
        catch (FormatException)
        {
            return [new MappedItem.Quarantined(0, "no-form", "expected a form that can be read")];
        }
    }

    private static IReadOnlyList<MappedItem> MapForm(Receipt receipt, Form form)
    {
        var envelope = form.Json("envelope");
        return form.Bytes("email") is { } raw
            ? MailReading.Map(raw, envelope?.Text("from", Identity.MaxLength), ChecksOf(form), TrustOf(form), receipt.ReceivedAt, RecipientsOf(envelope))
            : [MapFields(receipt, form, envelope)];
    }

    private static MappedItem MapFields(Receipt receipt, Form form, JsonElement? envelope)
    {
        var from = Mailbox(form.Text("from"));
        if (Identity.Email(from?.Address) is not { } customer) return new MappedItem.Quarantined(0, "no-customer", "expected one e-mail address in the field from");

        var headers = HeadersOf(form.Text("headers"));
        var warnings = new List<string>();
        DateTimeOffset? date = MimeKit.Utils.DateUtils.TryParse(headers?[HeaderId.Date] ?? "", out var said) ? said : null;
        var automation = MailAutomation.Of(headers ?? [], TypeOf(headers), envelope?.Text("from"), from!.Address);
        var html = SafeHtml.Of(form.Text("html"));
        if (html is null && !string.IsNullOrWhiteSpace(form.Text("html"))) warnings.Add("HTML nested too deep: left out");
        var text = ReadJson.Cut(form.Text("text") ?? (form.Text("html") is { } only ? SafeHtml.TextOf(only) : null), ReadJson.MaxText);
        var (to, cc) = (Parties(form.Text("to")), Parties(form.Text("cc")));
        return new MappedItem.Event(
            EventIdOf(form, headers), "inbound-mail", customer, from!.Name, automation is null ? "message.received" : "message.auto-replied", Channel.Email, Direction.Inbound,
            ReadJson.TimeOr(date, receipt.ReceivedAt, warnings))
        {
            From = MailReading.PartyOf(from),
            To = to,
            Subject = ReadJson.Cut(form.Text("subject"), MaxSubject),
            Text = text,
            ProviderMessageId = MailReports.IdOf(headers?[HeaderId.MessageId]),
            ParentMessageId = MailReports.IdOf(headers?[HeaderId.InReplyTo]),
            Mail = new Mail
            {
                MessageId = MailReports.IdOf(headers?[HeaderId.MessageId]),
                InReplyTo = MailReports.IdOf(headers?[HeaderId.InReplyTo]),
                References = MailReading.ReferencesOf(headers?[HeaderId.References]),
                ReplyToken = MailReading.ReplyTokenOf(RecipientsOf(envelope), headers ?? [], to.Concat(cc)),
                Cc = cc,
                EnvelopeFrom = envelope?.Text("from", Identity.MaxLength),
                Html = html,
                StrippedText = text is null ? null : QuotedText.Strip(text),
                Automation = automation,
                Checks = ChecksOf(form),
            },
            Files = form.Files(),
            Trust = TrustOf(form),
            Warnings = warnings,
        };
    }

    private static IReadOnlyList<string> RecipientsOf(JsonElement? envelope) =>
        envelope is { } sent ? [.. sent.Items("to").Where(t => t.ValueKind == JsonValueKind.String).Take(100).Select(t => t.GetString()!)] : [];

    /// <summary>The form names no event: envelope, Message-ID, Date and body together are one.</summary>
    private static string EventIdOf(Form form, HeaderList? headers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { form.Bytes("envelope"), Encoding.UTF8.GetBytes($"{headers?[HeaderId.MessageId]}|{headers?[HeaderId.Date]}"), form.Bytes("text"), form.Bytes("html") })
        {
            hash.AppendData(SHA256.HashData(part ?? []));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The sender's address is a claim where neither check holds.</summary>
    private static Trust? TrustOf(Form form) =>
        form.Text("SPF")?.Trim() == "pass" || form.Text("dkim")?.Contains(": pass", StringComparison.Ordinal) == true ? null : Trust.Claimed;

    private static MimeKit.ContentType? TypeOf(HeaderList? headers) =>
        headers?[HeaderId.ContentType] is { } text && MimeKit.ContentType.TryParse(text, out var type) ? type : null;

    private static Dictionary<string, string> ChecksOf(Form form)
    {
        var checks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (ours, theirs) in new[] { ("spf", "SPF"), ("dkim", "dkim"), ("spam", "spam_score") })
        {
            if (ReadJson.Cut(form.Text(theirs)?.Trim(), ReadJson.MaxName) is { Length: > 0 } found) checks[ours] = found;
        }
        return checks;
    }

    private static HeaderList? HeadersOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        return HeaderList.Load(new MemoryStream(Encoding.UTF8.GetBytes(text.TrimEnd() + "\r\n\r\n")));
    }

    private static MailboxAddress? Mailbox(string? text) =>
        InternetAddressList.TryParse(text ?? "", out var list) && list.Count == 1 ? list[0] as MailboxAddress : null;

    private static List<Party> Parties(string? text) => InternetAddressList.TryParse(text ?? "", out var list) ? MailReading.Parties(list) : [];

    /// <summary>The parts by name; of a repeated field the first counts.</summary>
    private sealed class Form(Multipart parts)
    {
        private readonly List<(string? Name, MimePart Part)> _parts = [.. parts.OfType<MimePart>().Select(p => (p.ContentDisposition?.Parameters["name"], p))];

        private Dictionary<string, string>? _charsets;

        public byte[]? Bytes(string name) => _parts.FirstOrDefault(p => p.Name == name && p.Part.FileName is null).Part is { } part ? BytesOf(part) : null;

        public string? Text(string name) => Bytes(name) is { } bytes ? EncodingOf(name).GetString(bytes).Replace("\0", "", StringComparison.Ordinal) : null;

        public JsonElement? Json(string name) =>
            Bytes(name) is { } bytes && JsonSyntax.Check(bytes) is null && JsonElement.Parse(bytes) is { ValueKind: JsonValueKind.Object } json ? json : null;

        public List<ReceivedFile> Files() =>
            [.. _parts.Where(p => p.Name?.StartsWith("attachment", StringComparison.Ordinal) == true && p.Part.FileName is not null)
                .Select(p => new ReceivedFile(p.Part.FileName ?? "", p.Part.ContentType.MimeType, BytesOf(p.Part), p.Part.ContentId ?? ContentIdOf(p.Name!)))];

        private string? ContentIdOf(string part) => Json("content-ids") is { } ids ? ids.EnumerateObject().FirstOrDefault(p => p.Value.ValueKind == JsonValueKind.String && p.Value.GetString() == part) is { Value.ValueKind: JsonValueKind.String } id ? id.Name : null : null;

        private Encoding EncodingOf(string name)
        {
            _charsets ??= Json("charsets")?.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).ToDictionary(p => p.Name, p => p.Value.GetString()!) ?? [];
            try { return _charsets.GetValueOrDefault(name) is { } charset and not ("utf-7" or "UTF-7") ? Encoding.GetEncoding(charset) : Encoding.UTF8; }
            catch (ArgumentException) { return Encoding.UTF8; }
        }

        private static byte[] BytesOf(MimePart part)
        {
            using var bytes = new MemoryStream();
            part.Content?.DecodeTo(bytes);
            return bytes.ToArray();
        }
    }
}
