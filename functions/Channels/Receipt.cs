using Crm.Model;

namespace Crm.Channels;

/// <summary>
/// One accepted request, as it came: written once, before the answer, and never changed. Exactly one of <see cref="Body"/>,
/// <see cref="BodyBase64"/> and <see cref="BodyBlob"/> holds the raw bytes.
/// </summary>
public sealed record Receipt
{
    public required string Id { get; init; }

    public required string ConnectionId { get; init; }

    public required string Provider { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What the address named beyond the connection.</summary>
    public string? Call { get; init; }

    public string? ContentType { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Raw UTF-8 text.</summary>
    public string? Body { get; init; }

    /// <summary>Bytes that are not valid UTF-8.</summary>
    public string? BodyBase64 { get; init; }

    /// <summary>The name of the blob that holds a large body.</summary>
    public string? BodyBlob { get; init; }

    public required int BodyBytes { get; init; }

    /// <summary>The company's region when it came in: what a phone number without a country code means.</summary>
    public string? Region { get; init; }

    public required ReceiptVerification Verification { get; init; }
}

/// <param name="Key">Which of the connection's active secrets.</param>
/// <param name="SkewSeconds">Our clock minus the sender's.</param>
public sealed record ReceiptVerification(string Scheme, int Key, DateTimeOffset SignedAt, double SkewSeconds, Trust Trust = Trust.Signed);
