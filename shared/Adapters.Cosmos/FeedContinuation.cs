using System.Buffers.Text;
using System.Text.Json;

namespace Crm.Adapters.Cosmos;

/// <summary>
/// The service's continuation, bound to its container, and which versions of the page after it were told already: the service gives a
/// transaction's changes whole, so its page can be larger than asked for.
/// </summary>
internal sealed record FeedContinuation(string? Service, IReadOnlyList<string> Told)
{
    public static FeedContinuation Read(string container, string? text)
    {
        if (text is null) return new FeedContinuation(null, []);
        try
        {
            var parts = JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(text));
            if (parts is not ["feed", _, _, ..] || parts[1] != container) throw Foreign();
            return new FeedContinuation(parts[2], [.. parts.Skip(3).Select(p => p ?? throw Foreign())]);
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            throw Foreign();
        }
    }

    public string Text(string container) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string?[])["feed", container, Service, .. Told]));

    private static ArgumentException Foreign() => new("The continuation is not of this feed.", "continuation");
}
