using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Crm.Model;
using MimeKit;
using MimeKit.Tnef;

namespace Crm.Channels.Mime;

/// <summary>
/// One mail as it came over the wire, to what happened: a message of its sender, or a bounce, a read receipt or a complaint of a
/// recipient. Whatever is malformed is read as far as it goes.
/// </summary>
public static class MailReading
{
    private const int MaxSubject = 1_000;
    private const int MaxReferences = 100;
    private const int MaxParties = 100;
    private const int MaxFiles = 100;
    private const int MaxMimeDepth = 30;

    private static readonly string[] DeliveryHeaders = ["Delivered-To", "X-Original-To", "Envelope-To"];

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    static MailReading() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <param name="raw">RFC 5322 bytes.</param>
    /// <param name="envelopeFrom">The return path as the receiving server says it; null where it does not.</param>
    /// <param name="envelopeTo">Whom the receiving server took it for; the headers need not name them.</param>
    /// <param name="checks">What the receiving server found about the sender.</param>
    public static IReadOnlyList<MappedItem> Map(
        ReadOnlyMemory<byte> raw, string? envelopeFrom, IReadOnlyDictionary<string, string> checks, Trust? trust, DateTimeOffset receivedAt, IReadOnlyList<string>? envelopeTo = null)
    {
        MimeMessage message;
        try
        {
            message = MimeMessage.Load(new ParserOptions { MaxMimeDepth = MaxMimeDepth }, new MemoryStream(raw.ToArray()));
        }
        catch (FormatException)
        {
            return [new MappedItem.Quarantined(0, "no-mail", "expected a mail by RFC 5322")];
        }
        using (message) return Map(message, EventIdOf(raw), envelopeFrom, envelopeTo ?? [], checks, trust, receivedAt);
    }

    /// <summary>Oldest first, without angle brackets.</summary>
    public static IReadOnlyList<string> ReferencesOf(string? header) =>
        [.. MimeKit.Utils.MimeUtils.EnumerateReferences(header ?? "").Select(r => ReadJson.Cut(r, MaxSubject)!).TakeLast(MaxReferences)];

    public static List<Party> Parties(InternetAddressList? list) => [.. (list ?? []).Mailboxes.Take(MaxParties).Select(PartyOf)];

    public static Party PartyOf(MailboxAddress mailbox) => new(
        ReadJson.Cut(mailbox.Address, Identity.MaxLength),
        string.IsNullOrWhiteSpace(mailbox.Name) ? null : ReadJson.Cut(mailbox.Name.ReplaceLineEndings(" "), ReadJson.MaxName));

    /// <summary>The token of the first address like <c>reply+token@</c>: where the mail was delivered counts before what it says.</summary>
    public static string? ReplyTokenOf(IReadOnlyList<string> envelopeTo, HeaderList headers, IEnumerable<Party> to)
    {
        IEnumerable<string?> addresses = [.. envelopeTo, .. DeliveryHeaders.Select(h => headers[h]), .. to.Select(p => p.Address)];
        foreach (var name in addresses.Select(a => a?.Trim().TrimStart('<').Split('@')[0]))
        {
            if (name?.StartsWith("reply+", StringComparison.OrdinalIgnoreCase) == true && name.Length is > 6 and <= 106 && name.AsSpan(6).IndexOfAnyExcept(TokenCharacters) < 0) return name[6..];
        }
        return null;
    }

    private static IReadOnlyList<MappedItem> Map(
        MimeMessage message, string eventId, string? envelopeFrom, IReadOnlyList<string> envelopeTo, IReadOnlyDictionary<string, string> checks, Trust? trust, DateTimeOffset receivedAt)
    {
        var warnings = new List<string>();
        DateTimeOffset? date = message.Headers.Contains(HeaderId.Date) && message.Date > DateTimeOffset.UnixEpoch ? message.Date : null;
        var at = ReadJson.TimeOr(date, receivedAt, warnings);
        var from = message.From.Mailboxes.Take(2).ToList();
        var automation = MailAutomation.Of(message.Headers, message.Body?.ContentType, envelopeFrom, from.FirstOrDefault()?.Address);
        if (automation == Automation.Bounce && MailReports.Bounces(message) is { Count: > 0 } bounces)
            return [.. bounces.Select((b, i) => BounceOf(b, $"{eventId}.{i}", at, warnings))];
        if (automation == Automation.Complaint && MailReports.Complaint(message) is ({ } complainer, var complainedOf))
            return [About(complainer, complainedOf, eventId, "message.complained", at, Automation.Complaint, warnings)];

        if (from.Count != 1 || Identity.Email(from[0].Address) is not { } customer)
            return [new MappedItem.Quarantined(0, "no-customer", "expected one e-mail address in the header From")];
        if (automation == Automation.ReadReceipt && MailReports.ReadMessage(message) is { } read)
            return [About(customer.Address, read, eventId, "message.read", at, Automation.ReadReceipt, warnings)];
        return [Message(message, eventId, customer, from[0], automation, envelopeFrom, envelopeTo, checks, trust, at, warnings)];
    }

    private static MappedItem.Event Message(
        MimeMessage message, string eventId, Identity customer, MailboxAddress from, Automation? automation, string? envelopeFrom, IReadOnlyList<string> envelopeTo,
        IReadOnlyDictionary<string, string> checks, Trust? trust, DateTimeOffset at, List<string> warnings)
    {
        var html = SafeHtml.Of(message.HtmlBody);
        if (html is null && !string.IsNullOrWhiteSpace(message.HtmlBody)) warnings.Add("HTML nested too deep: left out");
        var text = ReadJson.Cut((message.TextBody ?? (message.HtmlBody is { } only ? SafeHtml.TextOf(only) : null))?.Replace("\0", "", StringComparison.Ordinal), ReadJson.MaxText);
        var (to, cc) = (Parties(message.To), Parties(message.Cc));
        return new MappedItem.Event(
            eventId, "mail", customer, PartyOf(from).Name, automation is null ? "message.received" : "message.auto-replied", Model.Channel.Email, Direction.Inbound, at)
        {
            From = PartyOf(from),
            To = to,
            Subject = ReadJson.Cut(message.Subject?.ReplaceLineEndings(" "), MaxSubject),
            Text = text,
            ProviderMessageId = message.Headers.Contains(HeaderId.MessageId) ? message.MessageId : null,
            ParentMessageId = message.InReplyTo,
            Mail = new Mail
            {
                MessageId = message.Headers.Contains(HeaderId.MessageId) ? message.MessageId : null,
                InReplyTo = message.InReplyTo,
                References = ReferencesOf(message.Headers[HeaderId.References]),
                ReplyToken = ReplyTokenOf(envelopeTo, message.Headers, to.Concat(cc)),
                Cc = cc,
                EnvelopeFrom = ReadJson.Cut(envelopeFrom, Identity.MaxLength),
                Html = html,
                StrippedText = text is null ? null : QuotedText.Strip(text),
                Automation = automation,
                Checks = checks,
            },
            Files = FilesOf(message, warnings),
            Trust = trust,
            Warnings = warnings,
        };
    }

    private static MappedItem.Event BounceOf(Bounce bounce, string eventId, DateTimeOffset at, List<string> warnings) =>
        About(bounce.Recipient, bounce.OriginalMessageId, eventId, bounce.Permanent ? "message.bounced" : "message.deferred", at, Automation.Bounce, warnings) is var told
            ? told with { Direction = Direction.Outbound, Mail = told.Mail! with { Bounces = [bounce] }, Engagement = new Engagement { Reason = bounce.Diagnostic ?? bounce.Status } }
            : told;

    /// <summary>A report about a mail of ours to this recipient.</summary>
    private static MappedItem.Event About(string recipient, string? messageId, string eventId, string type, DateTimeOffset at, Automation automation, List<string> warnings) => new(
        eventId, "mail-report", Identity.Email(recipient)!, null, type, Model.Channel.Email, Direction.Inbound, at)
    {
        To = [new Party(recipient, null)],
        Mail = new Mail { MessageId = messageId, Automation = automation },
        Trust = Trust.Claimed,
        Warnings = warnings,
    };

    private static List<ReceivedFile> FilesOf(MimeMessage message, List<string> warnings)
    {
        var files = new List<ReceivedFile>();
        foreach (var entity in message.BodyParts)
        {
            if (files.Count == MaxFiles)
            {
                warnings.Add($"more than {MaxFiles} files: the rest left out");
                break;
            }
            if (entity is TnefPart tnef) files.AddRange(Packed(tnef, warnings).Take(MaxFiles - files.Count));
            else if (FileOf(entity) is { } file) files.Add(file);
        }
        return files;
    }

    private static ReceivedFile? FileOf(MimeEntity entity) => entity switch
    {
        MessagePart { Message: { } inner } part when entity is not MessagePartial => new ReceivedFile(part.ContentDisposition?.FileName ?? "message.eml", "message/rfc822", BytesOf(inner), part.ContentId),
        MimePart part when part.IsAttachment || part.FileName is not null || (part.ContentId is not null && part is not TextPart) =>
            new ReceivedFile(part.FileName ?? "", part.ContentType.MimeType, BytesOf(part), part.ContentId, Inline: !part.IsAttachment),
        _ => null,
    };

    /// <summary>The files within Outlook's <c>winmail.dat</c>; the whole of it where it cannot be read.</summary>
    private static IEnumerable<ReceivedFile> Packed(TnefPart part, List<string> warnings)
    {
        try
        {
            return [.. part.ExtractAttachments().OfType<MimePart>().Where(p => p is not TextPart { IsAttachment: false }).Select(p => new ReceivedFile(p.FileName ?? "", p.ContentType.MimeType, BytesOf(p), p.ContentId))];
        }
        catch (Exception e) when (e is FormatException or ArgumentException or IOException or InvalidOperationException or NotSupportedException or IndexOutOfRangeException)
        {
            warnings.Add("winmail.dat cannot be read: kept as it is");
            return [new ReceivedFile(part.FileName ?? "winmail.dat", "application/ms-tnef", BytesOf(part))];
        }
    }

    private static byte[] BytesOf(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] BytesOf(MimeMessage message)
    {
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The whole mail is the event: the same bytes are the same.</summary>
    private static string EventIdOf(ReadOnlyMemory<byte> raw) => Convert.ToHexStringLower(SHA256.HashData(raw.Span));
}
