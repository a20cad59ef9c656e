using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Crm.Adapters.Sqlite;

/// <summary>A feed continuation: the container and the last sequence number seen.</summary>
internal static class FeedPosition
{
    public static string Of(string container, long sequence) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"feed|{container}|{sequence}")));

    /// <exception cref="ArgumentException">Not a continuation of this container's feed.</exception>
    public static long Read(string container, string? continuation)
    {
        if (continuation is null) return 0;
        var prefix = $"feed|{container}|";
        try
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation));
            if (text.StartsWith(prefix, StringComparison.Ordinal)
                && long.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return sequence;
        }
        catch (FormatException)
        {
            // As below.
        }
        throw new ArgumentException("The continuation is not of this feed.", nameof(continuation));
    }
}
