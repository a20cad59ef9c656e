using System.Buffers.Text;
using System.Text;

namespace Crm.Bench.Load;

/// <summary>Reads one HTTP/1.1 answer, its body by length or in chunks.</summary>
internal readonly ref struct HttpAnswer
{
    public int Status { get; private init; }

    /// <summary>The body, with chunk frames taken out.</summary>
    public ReadOnlySpan<byte> Body { get; private init; }

    /// <summary>How many bytes of the input the answer takes.</summary>
    public int Consumed { get; private init; }

    /// <summary>Reads the answer when <paramref name="received"/> holds all of it.</summary>
    /// <param name="scratch">Room for the body of a chunked answer.</param>
    /// <exception cref="FormatException">This is no HTTP/1.1 answer.</exception>
    public static bool TryRead(ReadOnlySpan<byte> received, Span<byte> scratch, out HttpAnswer answer)
    {
        answer = default;
        var head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        if (!received.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(received[9..], out int status, out _))
            throw new FormatException("The answer has no HTTP/1.1 status line.");

        var (length, chunked) = Framing(received[..head]);
        var rest = received[(head + 4)..];
        if (chunked)
        {
            if (!TryReadChunks(rest, scratch, out var taken, out var written)) return false;
            answer = new HttpAnswer { Status = status, Body = scratch[..written], Consumed = head + 4 + taken };
            return true;
        }

        if (rest.Length < length) return false;
        answer = new HttpAnswer { Status = status, Body = rest[..length], Consumed = head + 4 + length };
        return true;
    }

    private static (int Length, bool Chunked) Framing(ReadOnlySpan<byte> head)
    {
        var length = -1;
        var chunked = false;
        foreach (var range in head.Split("\r\n"u8))
        {
            var line = head[range];
            var colon = line.IndexOf((byte)':');
            if (colon < 0) continue;
            var value = line[(colon + 1)..].Trim((byte)' ');
            if (Ascii.EqualsIgnoreCase(line[..colon], "content-length"u8) && Utf8Parser.TryParse(value, out int number, out _))
                length = number;
            else if (Ascii.EqualsIgnoreCase(line[..colon], "transfer-encoding"u8))
                chunked = Ascii.EqualsIgnoreCase(value, "chunked"u8);
        }

        if (length < 0 && !chunked) throw new FormatException("The answer tells no length.");
        return (length, chunked);
    }

    private static bool TryReadChunks(ReadOnlySpan<byte> rest, Span<byte> body, out int taken, out int written)
    {
        (taken, written) = (0, 0);
        while (true)
        {
            var line = rest[taken..].IndexOf("\r\n"u8);
            if (line < 0) return false;
            if (!Utf8Parser.TryParse(rest[taken..], out int size, out _, 'X')) throw new FormatException("A chunk has no size.");
            var end = taken + line + 2 + size + 2;
            if (rest.Length < end) return false;
            rest.Slice(taken + line + 2, size).CopyTo(body[written..]);
            (taken, written) = (end, written + size);
            if (size == 0) return true;
        }
    }
}
