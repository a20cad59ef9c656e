using System.Security.Cryptography;
using Crm.Model;

namespace Crm.Channels;

/// <summary>A file in a request, before its bytes are kept.</summary>
/// <param name="FileName">As the sender says it.</param>
public sealed record ReceivedFile(string FileName, string ContentType, byte[] Bytes, string? ContentId = null, bool Inline = false)
{
    private const int MaxName = 150;

    public Attachment Kept()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Bytes));
        return new Attachment(SafeName(FileName), ContentType, Sniffed(Bytes), Bytes.Length, hash, $"attachments/{hash}", ContentId?.Trim('<', '>'), Inline);
    }

    /// <summary>The last part of a path, without control, direction and zero-width characters; never empty, never a device's name.</summary>
    public static string SafeName(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var plain = string.Concat(last.EnumerateRunes()
            .Where(r => System.Text.Rune.GetUnicodeCategory(r) is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format) && !(r.IsAscii && "<>:\"|?*".Contains((char)r.Value)))
            .Take(MaxName)).Trim(' ', '.');
        var stem = plain.Split('.')[0].ToUpperInvariant();
        return stem is "" or "CON" or "PRN" or "AUX" or "NUL" || (stem.Length == 4 && stem[..3] is "COM" or "LPT") ? "file-" + plain : plain;
    }

    /// <summary>By the first bytes; null where they tell nothing.</summary>
    public static string? Sniffed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("%PDF-"u8)) return "application/pdf";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return "image/png";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "image/jpeg";
        if (bytes.StartsWith("GIF8"u8)) return "image/gif";
        if (bytes.StartsWith("PK\x03\x04"u8)) return "application/zip";
        if (bytes.StartsWith("MZ"u8)) return "application/x-msdownload";
        var text = System.Text.Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 512)]).TrimStart();
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<script", StringComparison.OrdinalIgnoreCase)) return "text/html";
        return text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) ? "image/svg+xml" : null;
    }
}
