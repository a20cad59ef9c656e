using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Microsoft.Extensions.ObjectPool;

namespace Crm.Channels;

/// <summary>Keeps raw requests: small ones in the document, large ones in a blob that the document names.</summary>
public sealed class Receipts(IDocuments documents, IBlobs blobs, Company company, TimeProvider clock)
{
    private static readonly ObjectPool<ArrayBufferWriter<byte>> Buffers = new DefaultObjectPool<ArrayBufferWriter<byte>>(new EmptiedBuffers(), 256);

    public static DocumentKey KeyOf(string id) => new(Containers.Inbox, id, id);

    /// <returns>The receipt's id, once it is durable.</returns>
    public async ValueTask<string> Write(
        Connection connection, IChannel channel, string? contentType, HookRequest request, Verification.Authentic authentic, DateTimeOffset now, CancellationToken token)
    {
        var id = Ids.New(clock);
        string? blob = null;
        var body = request.Body;
        if (body.Length > Limits.InlineBytes)
        {
            blob = $"receipts/{id}";
            await blobs.Put(blob, new MemoryStream(body.ToArray()), "application/octet-stream", Precondition.Absent, token);
        }

        var buffer = Buffers.Get();
        try
        {
            Serialize(buffer, id, connection, channel, contentType, request, blob, company.Region, authentic, now);
            var outcome = await documents.Put(new DocumentWrite(KeyOf(id), buffer.WrittenMemory, Precondition.Absent), token);
            return outcome.Match(_ => id, Impossible, Impossible, Impossible, _ => Impossible());
        }
        finally
        {
            Buffers.Return(buffer);
        }

        static string Impossible() => throw new InvalidOperationException("A new receipt was refused.");
    }

    /// <summary>The raw bytes, wherever they are.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> BodyOf(Receipt receipt, CancellationToken token)
    {
        if (receipt.Body is { } text) return System.Text.Encoding.UTF8.GetBytes(text);
        if (receipt.BodyBase64 is { } base64) return Convert.FromBase64String(base64);
        await using var blob = await blobs.Open(receipt.BodyBlob!, token) ?? throw new InvalidDataException($"The body of receipt {receipt.Id} is gone.");
        var bytes = new byte[blob.Properties.Length];
        await blob.Content.ReadExactlyAsync(bytes, token);
        return bytes;
    }

    // Written by hand: no strings are made of the body on the way in.
    private static void Serialize(
        ArrayBufferWriter<byte> buffer, string id, Connection connection, IChannel channel, string? contentType, HookRequest request, string? blob, string? region, Verification.Authentic authentic, DateTimeOffset now)
    {
        using var json = new Utf8JsonWriter(buffer, CrmJson.Writer);
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("connectionId"u8, connection.Id);
        json.WriteString("provider"u8, connection.Provider);
        json.WriteString("receivedAt"u8, UtcTimestamps.Text(now));
        if (request.Call is not null) json.WriteString("call"u8, request.Call);
        if (region is not null) json.WriteString("region"u8, region);
        if (contentType is { Length: <= 200 }) json.WriteString("contentType"u8, contentType);
        json.WriteStartObject("headers"u8);
        foreach (var name in channel.KeptHeaders.Concat(channel.AlsoKept(request.Headers)))
        {
            if (request.Headers[name] is { Count: > 0 } values) json.WriteString(name, values.ToString());
        }
        json.WriteEndObject();
        var body = request.Body.Span;
        if (blob is not null) json.WriteString("bodyBlob"u8, blob);
        else if (Utf8.IsValid(body)) json.WriteString("body"u8, body);
        else json.WriteBase64String("bodyBase64"u8, body);
        json.WriteNumber("bodyBytes"u8, body.Length);
        json.WriteStartObject("verification"u8);
        json.WriteString("scheme"u8, authentic.Scheme);
        json.WriteNumber("key"u8, authentic.Key);
        json.WriteString("signedAt"u8, UtcTimestamps.Text(authentic.SignedAt));
        json.WriteNumber("skewSeconds"u8, Math.Round((now - authentic.SignedAt).TotalSeconds, 3));
        if (authentic.Trust != Trust.Signed) json.WriteString("trust"u8, authentic.Trust == Trust.Claimed ? "claimed"u8 : "authenticated"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private sealed class EmptiedBuffers : PooledObjectPolicy<ArrayBufferWriter<byte>>
    {
        public override ArrayBufferWriter<byte> Create() => new(2048);

        public override bool Return(ArrayBufferWriter<byte> obj)
        {
            obj.ResetWrittenCount();
            return obj.Capacity <= 64 * 1024;
        }
    }
}
