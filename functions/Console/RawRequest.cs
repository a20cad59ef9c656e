using System.Text;

namespace Crm.Console;

/// <summary>A request as it came in, for reading.</summary>
/// <param name="Text">The beginning of the body; null when it is not UTF-8 text.</param>
/// <param name="Bytes">Of the whole body.</param>
public sealed record RawRequest(string? ContentType, string? Text, int Bytes, bool Cut)
{
    /// <summary>More would make a slow page, and nobody reads it here.</summary>
    public const int ShownBytes = 32 * 1024;

    public static RawRequest Of(string? contentType, ReadOnlySpan<byte> body)
    {
        var shown = body[..Math.Min(body.Length, ShownBytes)];
        // A cut may fall inside a character: up to three bytes of it are left over.
        var cut = shown.Length < body.Length;
        for (var spare = 0; cut && spare < 3 && !Readable(shown); spare++) shown = shown[..^1];
        return new RawRequest(contentType, Readable(shown) ? Encoding.UTF8.GetString(shown) : null, body.Length, cut);
    }

    private static bool Readable(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) && !bytes.Contains((byte)0);
}
