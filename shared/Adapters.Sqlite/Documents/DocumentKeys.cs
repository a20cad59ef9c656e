using System.Buffers;
using Crm.Ports;

namespace Crm.Adapters.Sqlite;

internal static class DocumentKeys
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~:@-");

    public static bool IsValid(DocumentKey key) => IsValid(key.Id) && IsValid(key.Partition);

    /// <exception cref="ArgumentException">The key is none that a document can have.</exception>
    public static void Check(DocumentKey key)
    {
        if (!IsValid(key)) throw new ArgumentException("Id and partition are 1 to 255 characters of A-Z a-z 0-9 . _ ~ : @ -.", nameof(key));
    }

    private static bool IsValid(string part) => part is { Length: >= 1 and <= 255 } && !part.AsSpan().ContainsAnyExcept(Allowed);
}
