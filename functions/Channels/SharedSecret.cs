using System.Security.Cryptography;
using System.Text;
using Crm.Model;

namespace Crm.Channels;

/// <summary>A secret that is shown, not signed with: bearer, basic or in the address. Compared in constant time.</summary>
public static class SharedSecret
{
    public const string Scheme = "shared-secret";
    public const string Format = "24 to 200 visible ASCII characters";

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));

    public static SigningKey? KeyOf(string secret) =>
        secret.Length is >= 24 and <= 200 && !secret.AsSpan().ContainsAnyExceptInRange('!', '~') ? new SigningKey(Scheme, Encoding.ASCII.GetBytes(secret)) : null;

    /// <summary>The key that was shown; every key is tried, whichever holds.</summary>
    public static Verification Verify(string? shown, IReadOnlyList<SigningKey> keys, DateTimeOffset now, Trust trust, string header, string expected)
    {
        if (string.IsNullOrEmpty(shown)) return new Verification.Refused(header, expected);
        if (keys.Count == 0) return new Verification.Unable();
        var given = Encoding.UTF8.GetBytes(shown);
        int? match = null;
        for (var k = keys.Count - 1; k >= 0; k--)
        {
            if (CryptographicOperations.FixedTimeEquals(given, keys[k].Bytes)) match = k;
        }
        return match is { } key ? new Verification.Authentic(Scheme, key, now, trust) : new Verification.Refused(header, expected);
    }

    public static string? Bearer(HookRequest request) =>
        request.One("Authorization") is { } value && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value["Bearer ".Length..].Trim() : null;

    /// <summary>User name and password of basic authentication; null for another form.</summary>
    public static (string Name, string Password)? Basic(string? header)
    {
        if (header is not { Length: <= 1000 } || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        Span<byte> bytes = stackalloc byte[1000];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes[..length]);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }
}
