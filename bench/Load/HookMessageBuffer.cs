using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Crm.Bench.Load;

/// <summary>
/// One HTTP request in one buffer. Everything that changes has a fixed width, so a fresh event is written over the last
/// one in place and nothing is allocated. Signed by Standard Webhooks: HMAC-SHA256 of <c>id.timestamp.body</c>.
/// </summary>
internal sealed class HookMessageBuffer
{
    private const int Customers = 20_000;
    private const string Id = "msg_00000000000000000000000000000000";
    private const string Seconds = "0000000000";
    private const string Signature = "00000000000000000000000000000000000000000000";
    private const string Instant = "0000-00-00T00:00:00.000Z";
    private const string Customer = "customer-00000";
    private const string Order = "order 0000000000";
    private const string IdHeader = "webhook-id: ";
    private const string SecondsHeader = "webhook-timestamp: ";
    private const string SignatureHeader = "webhook-signature: v1,";

    private readonly byte[] _request;
    private readonly byte[] _signed;
    private readonly int _idAt, _secondsAt, _signatureAt, _bodyAt;
    private readonly int _instantAt, _addressAt, _nameAt, _orderAt;
    private readonly int _signedBodyAt = Id.Length + 1 + Seconds.Length + 1;

    public HookMessageBuffer(HookTarget target, string subject, string text)
    {
        var body = JsonSerializer.Serialize(new
        {
            type = "message.received",
            timestamp = Instant,
            data = new
            {
                channel = "email",
                direction = "inbound",
                from = new { address = $"{Customer}@people.example", name = Customer },
                to = new[] { new { address = "support@company.example" } },
                subject = $"{subject}, {Order}",
                text,
            },
        });
        var head = $"POST {target.Path} HTTP/1.1\r\nHost: {target.EndPoint}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{IdHeader}{Id}\r\n{SecondsHeader}{Seconds}\r\n"
            + $"{SignatureHeader}{Signature}\r\n\r\n";

        _request = Encoding.UTF8.GetBytes(head + body);
        _signed = Encoding.UTF8.GetBytes($"{Id}.{Seconds}.{body}");
        (_idAt, _secondsAt, _signatureAt) = (After(head, IdHeader), After(head, SecondsHeader), After(head, SignatureHeader));
        _bodyAt = head.Length;
        _instantAt = _signedBodyAt + body.IndexOf(Instant, StringComparison.Ordinal);
        _addressAt = _signedBodyAt + body.IndexOf(Customer, StringComparison.Ordinal);
        _nameAt = _signedBodyAt + body.LastIndexOf(Customer, StringComparison.Ordinal);
        _orderAt = _signedBodyAt + body.IndexOf(Order, StringComparison.Ordinal);
    }

    /// <summary>Writes and signs a fresh event; the answer is valid until the next call.</summary>
    /// <param name="run">Tells this run's events from all others'.</param>
    /// <param name="sequence">Tells events of one run apart.</param>
    public ReadOnlyMemory<byte> Fresh(DateTimeOffset now, ulong run, long sequence, Random random, IncrementalHash hmac)
    {
        run.TryFormat(_signed.AsSpan(4, 16), out _, "x16", null);
        sequence.TryFormat(_signed.AsSpan(20, 16), out _, "x16", null);
        now.ToUnixTimeSeconds().TryFormat(_signed.AsSpan(Id.Length + 1, Seconds.Length), out _, "D10", null);
        now.TryFormat(_signed.AsSpan(_instantAt, Instant.Length), out _, "yyyy-MM-ddTHH:mm:ss.fffZ", null);
        random.Next(Customers).TryFormat(_signed.AsSpan(_addressAt + Customer.Length - 5, 5), out _, "D5", null);
        _signed.AsSpan(_addressAt, Customer.Length).CopyTo(_signed.AsSpan(_nameAt));
        (sequence % 10_000_000_000).TryFormat(_signed.AsSpan(_orderAt + Order.Length - 10, 10), out _, "D10", null);

        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.AppendData(_signed);
        hmac.GetHashAndReset(mac);
        Base64.EncodeToUtf8(mac, _request.AsSpan(_signatureAt, Signature.Length), out _, out _);
        _signed.AsSpan(0, Id.Length).CopyTo(_request.AsSpan(_idAt));
        _signed.AsSpan(Id.Length + 1, Seconds.Length).CopyTo(_request.AsSpan(_secondsAt));
        _signed.AsSpan(_signedBodyAt).CopyTo(_request.AsSpan(_bodyAt));
        return _request;
    }

    private static int After(string head, string header) => head.IndexOf(header, StringComparison.Ordinal) + header.Length;
}
