using Microsoft.AspNetCore.Http;

namespace Crm.Channels;

/// <summary>
/// One provider: how its requests are verified and what they mean. One file each; nothing else knows the provider's headers, JSON
/// or signature.
/// </summary>
public interface IChannel
{
    /// <summary>The name in connections, such as <c>standard-webhooks</c>.</summary>
    string Provider { get; }

    /// <summary>The longest body taken, in bytes.</summary>
    int BodyLimit { get; }

    /// <summary>Grows with every change of <see cref="Map"/>, so that a replay rewrites what the older one made.</summary>
    int MappingVersion { get; }

    /// <summary>The request headers kept in the receipt: what <see cref="Map"/> needs.</summary>
    IReadOnlyList<string> KeptHeaders { get; }

    /// <summary>A new secret in the provider's format.</summary>
    string NewSecret();

    /// <summary>What a secret looks like, as the end of "expected ...".</summary>
    string SecretFormat { get; }

    /// <summary>The key in a secret; null when it has another format.</summary>
    SigningKey? KeyOf(string secret);

    /// <summary>Whether the raw request is the connection's. Never throws on hostile input.</summary>
    Verification Verify(HookRequest request, IReadOnlyList<SigningKey> keys, DateTimeOffset now);

    /// <summary>
    /// What the request says, item by item: a faulty item is quarantined, its neighbours are not. Pure: the same receipt gives
    /// the same items.
    /// </summary>
    IReadOnlyList<MappedItem> Map(Receipt receipt, ReadOnlyMemory<byte> body);
}

/// <summary>The raw request as it came.</summary>
public readonly record struct HookRequest(IHeaderDictionary Headers, ReadOnlyMemory<byte> Body);

/// <param name="Scheme">What the key is for, such as <c>hmac-sha256</c>.</param>
public sealed record SigningKey(string Scheme, byte[] Bytes);
