using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Kernel;

/// <summary>Identifiers that stand in URLs and document keys without escaping: Crockford base32, lower case.</summary>
public static class Ids
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>
    /// 26 characters: 48 bits of Unix milliseconds, then 80 random bits (the ULID layout). Ids of later milliseconds sort
    /// after earlier ones.
    /// </summary>
    public static string New(TimeProvider clock)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, clock.GetUtcNow().ToUnixTimeMilliseconds() << 16);
        RandomNumberGenerator.Fill(bytes[6..]);
        return Encode(bytes, 26);
    }

    /// <summary>The id that stands <paramref name="index"/> places after a time-ordered one: the same for the same two, of the same millisecond.</summary>
    public static string After(string id, int index)
    {
        const int Tail = 4;
        var value = 0;
        foreach (var c in id.AsSpan(id.Length - Tail)) value = (value << 5) | Alphabet.IndexOf(c, StringComparison.Ordinal);
        value += index;
        Span<char> tail = stackalloc char[Tail];
        for (var i = Tail - 1; i >= 0; i--, value >>= 5) tail[i] = Alphabet[value & 31];
        return string.Concat(id.AsSpan(0, id.Length - Tail), tail);
    }

    /// <summary>26 characters, 130 random bits: cannot be guessed.</summary>
    public static string Unguessable() => Random(26);

    /// <summary>Random characters of five bits each.</summary>
    public static string Random(int length)
    {
        Span<byte> bytes = stackalloc byte[(length * 5 + 7) / 8];
        RandomNumberGenerator.Fill(bytes);
        return Encode(bytes, length);
    }

    /// <summary>32 characters, the first 160 bits of the SHA-256 of the text: the same text gives the same id.</summary>
    public static string Of(string naturalKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(naturalKey), hash);
        return Encode(hash[..20], 32);
    }

    /// <summary>26 characters like <see cref="New"/>, of the given time and a text: the same two give the same id.</summary>
    public static string Of(DateTimeOffset time, string naturalKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(naturalKey), hash);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        hash[..10].CopyTo(bytes[6..]);
        return Encode(bytes, 26);
    }

    /// <summary>The instant in a time-ordered id; null when it is none.</summary>
    public static DateTimeOffset? TimeOf(string id)
    {
        if (id.Length != 26) return null;
        var milliseconds = 0L;
        // The first ten characters hold 2 padding bits and the 48 bits of time.
        foreach (var c in id.AsSpan(0, 10))
        {
            var value = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (value < 0) return null;
            milliseconds = (milliseconds << 5) | (uint)value;
        }
        return milliseconds < 1L << 47 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    private static string Encode(ReadOnlySpan<byte> bytes, int length)
    {
        Span<char> chars = stackalloc char[length];
        // Leading zero bits fill the first character, so that order is kept.
        var bit = bytes.Length * 8 - length * 5;
        for (var i = 0; i < length; i++, bit += 5)
        {
            var value = 0;
            for (var b = bit; b < bit + 5; b++)
            {
                value <<= 1;
                if (b >= 0) value |= (bytes[b >> 3] >> (7 - (b & 7))) & 1;
            }
            chars[i] = Alphabet[value];
        }
        return new string(chars);
    }
}
