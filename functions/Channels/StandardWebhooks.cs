using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Crm.Channels;

/// <summary>
/// The Standard Webhooks specification (standardwebhooks.com): our own inbound scheme for a company's custom senders, and that of
/// Svix and Resend. Signed is <c>id.timestamp.body</c> over the raw bytes: <c>v1</c> HMAC-SHA256 with a <c>whsec_</c> secret, <c>v1a</c>
/// Ed25519 with a <c>whpk_</c> public key.
/// </summary>
public sealed class StandardWebhooks : IChannel
{
    private const string IdHeader = "webhook-id";
    private const string TimestampHeader = "webhook-timestamp";
    private const string SignatureHeader = "webhook-signature";
    private const string SymmetricPrefix = "whsec_";
    private const string PublicPrefix = "whpk_";
    private const string Symmetric = "hmac-sha256";
    private const string Asymmetric = "ed25519";
    private const int MaxSignatures = 16;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public string Provider => "standard-webhooks";

    public int BodyLimit => 4 * 1024 * 1024;

    public int MappingVersion => 2;

    public IReadOnlyList<string> KeptHeaders { get; } = [IdHeader, TimestampHeader];

    public string NewSecret() => SymmetricPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public string SecretFormat => "whsec_ and base64 of 24 to 64 bytes, or whpk_ and base64 of an Ed25519 public key";

    public SigningKey? KeyOf(string secret)
    {
        var isPublic = secret.StartsWith(PublicPrefix, StringComparison.Ordinal);
        if (!isPublic && !secret.StartsWith(SymmetricPrefix, StringComparison.Ordinal)) return null;
        var text = secret.AsSpan(isPublic ? PublicPrefix.Length : SymmetricPrefix.Length);
        if (!Base64.IsValid(text, out var length)) return null;
        if (isPublic ? length != Ed25519.PublicKeySize : length is < 24 or > 64) return null;
        return new SigningKey(isPublic ? Asymmetric : Symmetric, Convert.FromBase64String(text.ToString()));
    }

    public Verification Verify(HookRequest request, IReadOnlyList<SigningKey> keys, DateTimeOffset now)
    {
        if (One(request.Headers, IdHeader) is not { Length: > 0 and <= 256 } id || id.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return new Verification.Refused(IdHeader, "expected one id of 1 to 256 visible ASCII characters");
        if (One(request.Headers, TimestampHeader) is not { } stamp || SignedAt(stamp) is not { } signedAt)
            return new Verification.Refused(TimestampHeader, "expected one time in whole Unix seconds");
        if ((now - signedAt).Duration() > Tolerance)
            return new Verification.Refused(TimestampHeader, "expected a time within 300 seconds of now; sign each attempt anew");
        if (One(request.Headers, SignatureHeader) is not { Length: > 0 and <= 4096 } signatures)
            return new Verification.Refused(SignatureHeader, "expected one header with signatures such as v1,<base64>");

        if (keys.Count == 0) return new Verification.Unable();
        var content = ArrayPool<byte>.Shared.Rent(id.Length + stamp.Length + 2 + request.Body.Length);
        try
        {
            var length = Encoding.ASCII.GetBytes(id, content);
            content[length++] = (byte)'.';
            length += Encoding.ASCII.GetBytes(stamp, content.AsSpan(length));
            content[length++] = (byte)'.';
            request.Body.Span.CopyTo(content.AsSpan(length));
            return Matching(content.AsSpan(0, length + request.Body.Length), signatures, keys) is { } match
                ? new Verification.Signed(keys[match].Scheme, match, signedAt)
                : new Verification.Refused(SignatureHeader, "expected a signature of this exact body by one of the connection's secrets");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content);
        }
    }

    public IReadOnlyList<MappedItem> Map(Receipt receipt, ReadOnlyMemory<byte> body) =>
        [StandardEvent.Map(receipt, body.Span, receipt.Headers.GetValueOrDefault(IdHeader) ?? receipt.Id)];

    /// <summary>The index of a key that made one of the signatures; every key is tried, whichever holds.</summary>
    private static int? Matching(ReadOnlySpan<byte> content, string signatures, IReadOnlyList<SigningKey> keys)
    {
        int? match = null;
        for (var k = keys.Count - 1; k >= 0; k--)
        {
            if (keys[k].Scheme == Symmetric ? HoldsMac(content, signatures, keys[k].Bytes) : HoldsSignature(content, signatures, keys[k].Bytes)) match = k;
        }
        return match;
    }

    private static bool HoldsMac(ReadOnlySpan<byte> content, ReadOnlySpan<char> signatures, byte[] key)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, content, mac);
        var holds = false;
        var tried = 0;
        foreach (var range in signatures.Split(' '))
        {
            if (Decode(signatures[range], "v1,", given) && ++tried <= MaxSignatures) holds |= CryptographicOperations.FixedTimeEquals(given, mac);
        }
        return holds;
    }

    private static bool HoldsSignature(ReadOnlySpan<byte> content, ReadOnlySpan<char> signatures, byte[] key)
    {
        var given = new byte[Ed25519.SignatureSize];
        var message = content.ToArray();
        var holds = false;
        var tried = 0;
        foreach (var range in signatures.Split(' '))
        {
            if (Decode(signatures[range], "v1a,", given) && ++tried <= MaxSignatures) holds |= Ed25519.Verify(given, 0, key, 0, message, 0, message.Length);
        }
        return holds;
    }

    /// <summary>False for another version, or for base64 of another length.</summary>
    private static bool Decode(ReadOnlySpan<char> signature, string version, Span<byte> bytes) =>
        signature.StartsWith(version, StringComparison.Ordinal)
        && Base64.IsValid(signature[version.Length..], out var length)
        && length == bytes.Length
        && Convert.TryFromBase64Chars(signature[version.Length..], bytes, out _);

    private static DateTimeOffset? SignedAt(string text) =>
        text.Length <= 11 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static string? One(IHeaderDictionary headers, string name) => headers[name] is { Count: 1 } values ? values[0] : null;
}
