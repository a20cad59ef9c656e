using Crm.Model;
using MimeKit;

namespace Crm.Channels.Mime;

/// <summary>What a mail server's report says: which recipients were not reached, who read it, who complained.</summary>
public static class MailReports
{
    private const int MaxRecipients = 50;

    /// <summary>Failed and delayed recipients of a delivery status notification (RFC 3464).</summary>
    public static IReadOnlyList<Bounce> Bounces(MimeMessage message)
    {
        var original = OriginalId(message);
        return
        [
            .. message.BodyParts.OfType<MessageDeliveryStatus>().Take(1)
                .SelectMany(s => s.StatusGroups.Skip(1))
                .Select(g => BounceOf(g, original)).OfType<Bounce>().Take(MaxRecipients),
        ];
    }

    /// <summary>The mail that a read receipt (RFC 8098) is about, without angle brackets.</summary>
    public static string? ReadMessage(MimeMessage message) =>
        message.BodyParts.OfType<MessageDispositionNotification>().FirstOrDefault()?.Fields["Original-Message-ID"] is { } id ? IdOf(id) : null;

    /// <summary>The recipient who complained, by an abuse report (RFC 5965), and the mail.</summary>
    public static (string? Recipient, string? MessageId) Complaint(MimeMessage message)
    {
        var fields = message.BodyParts.OfType<MessageFeedbackReport>().FirstOrDefault()?.Fields;
        return (AddressOf(fields?["Original-Rcpt-To"] ?? fields?["Removal-Recipient"]), OriginalId(message));
    }

    public static string? IdOf(string? header) => MimeKit.Utils.MimeUtils.EnumerateReferences(header ?? "").FirstOrDefault();

    private static Bounce? BounceOf(HeaderList group, string? original)
    {
        var action = group["Action"]?.Trim().ToLowerInvariant();
        var recipient = AddressOf(group["Original-Recipient"]) ?? AddressOf(group["Final-Recipient"]);
        if (action is not ("failed" or "delayed") || recipient is null) return null;
        var status = group["Status"]?.Trim().Split(' ')[0];
        return new Bounce(recipient, action == "failed" && status?.StartsWith('4') != true, status, ReadJson.Cut(group["Diagnostic-Code"]?.ReplaceLineEndings(" ").Trim(), 1000), original);
    }

    /// <summary><c>rfc822; ann@example.org</c> as the address alone.</summary>
    private static string? AddressOf(string? field)
    {
        var text = field?[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>');
        return Identity.Email(text)?.Address;
    }

    /// <summary>From the mail, or its headers, that the report brings back.</summary>
    private static string? OriginalId(MimeMessage message)
    {
        if (message.BodyParts.OfType<MessagePart>().FirstOrDefault()?.Message?.MessageId is { Length: > 0 } id) return id;
        var headers = message.BodyParts.OfType<TextPart>().FirstOrDefault(t => t.ContentType.IsMimeType("text", "rfc822-headers"));
        if (headers is null) return null;
        var line = headers.Text.ReplaceLineEndings("\n").Split('\n').FirstOrDefault(l => l.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase));
        return IdOf(line?["Message-ID:".Length..]);
    }
}
