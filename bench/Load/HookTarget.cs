using System.Net;

namespace Crm.Bench.Load;

/// <summary>Where signed events go and what their answer must hold.</summary>
/// <param name="Path">The request path, <c>/api/hooks/{connection}</c>.</param>
/// <param name="Secret">A Standard Webhooks secret: <c>whsec_</c> and the key in base64.</param>
/// <param name="ExpectsReceipt">Whether the answer must be JSON with a <c>receiptId</c>.</param>
internal sealed record HookTarget(IPEndPoint EndPoint, string Path, string Secret, bool ExpectsReceipt)
{
    private const string SecretPrefix = "whsec_";

    /// <summary>The key to sign with.</summary>
    /// <exception cref="FormatException">The secret is not of that form.</exception>
    public byte[] SigningKey() => Secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
        ? Convert.FromBase64String(Secret[SecretPrefix.Length..])
        : throw new FormatException($"A signing secret starts with {SecretPrefix}.");
}
