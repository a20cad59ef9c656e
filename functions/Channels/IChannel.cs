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

    /// <summary>A new secret in the provider's format; null where only the provider can make one.</summary>
    string? NewSecret();

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

    /// <summary>Kept beside <see cref="KeptHeaders"/>: names that only the request knows.</summary>
    IEnumerable<string> AlsoKept(IHeaderDictionary headers) => [];

    /// <summary>Whether it is called at <c>/v1/{call}</c> instead of its own address.</summary>
    bool TakesCalls => false;

    /// <summary>The answer to a request that is kept.</summary>
    IResult Accepted(string receiptId) => HookAnswer.Receipt(receiptId);

    /// <summary>The answer to an authentic request that is not kept: a handshake, or a form that is not understood. Null: keep it.</summary>
    IResult? AnswerAtOnce(HookRequest request) => null;

    /// <summary>The answer to OPTIONS; null for none of its own.</summary>
    IResult? Consent(HookRequest request) => null;

    /// <summary>For a request that is not authentic. A sender that drops what is refused with 4xx gets a status that it tries again.</summary>
    int RefusedStatus => StatusCodes.Status401Unauthorized;

    int TooLargeStatus => StatusCodes.Status413PayloadTooLarge;

    /// <summary>How the secret is shown to whom enters it at the provider.</summary>
    string SecretShown(string connectionId, string secret) => secret;
}

/// <param name="Scheme">What the key is for, such as <c>hmac-sha256</c>.</param>
public sealed record SigningKey(string Scheme, byte[] Bytes);
