using System.Buffers;

namespace Crm.Ports;

/// <summary>What may be an id or a partition, on every engine and in a URL without escaping.</summary>
public static class DocumentKeys
{
    private const int MaxLength = 255;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~:@-");

    public static bool IsId(string? text) => text is { Length: >= 1 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Allowed);

    public static bool IsValid(DocumentKey key) => IsId(key.Id) && IsId(key.Partition);

    /// <exception cref="ArgumentException">The key is none that a document can have.</exception>
    public static void Check(DocumentKey key)
    {
        if (!IsValid(key)) throw new ArgumentException("Id and partition are 1 to 255 characters of A-Z a-z 0-9 . _ ~ : @ -.", nameof(key));
    }
}
