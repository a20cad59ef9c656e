using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel;

/// <summary>A request's bytes in a pooled array; dispose it when they are no longer used.</summary>
public sealed class RequestBody : IDisposable
{
    private byte[]? _pooled;

    private RequestBody(byte[] pooled, int length) => (_pooled, Length) = (pooled, length);

    public int Length { get; }

    public ReadOnlyMemory<byte> Bytes => _pooled.AsMemory(0, Length);

    /// <summary>
    /// Reads to the end, or refuses: 413 as soon as the body is known to be longer than <paramref name="limit"/> bytes, 415 when
    /// it is encoded.
    /// </summary>
    public static async ValueTask<Outcome<RequestBody>> Read(HttpRequest request, int limit, CancellationToken token)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return new Problem(415, "/problems/unsupported-media-type", "The body is encoded.", "Compressed bodies are not taken here.")
            {
                Errors = [FieldError.Of("Content-Encoding", "expected none")],
            };
        }
        if (request.ContentLength > limit) return Problems.TooLarge(limit);

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength + 1 ?? 4096, limit + 1L));
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length) buffer = Grow(buffer, length, limit);
                var read = await request.Body.ReadAsync(buffer.AsMemory(length), token);
                if (read == 0) break;
                length += read;
                if (length > limit)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return Problems.TooLarge(limit);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
        return new RequestBody(buffer, length);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pooled, null) is { } pooled) ArrayPool<byte>.Shared.Return(pooled);
    }

    private static byte[] Grow(byte[] buffer, int length, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(length * 2L, limit + 1L));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
