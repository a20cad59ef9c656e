using Crm.Model;

namespace Crm.Channels;

/// <summary>Whether a request is authentic.</summary>
public abstract record Verification
{
    private Verification() { }

    /// <param name="Scheme">The scheme that held, such as <c>hmac-sha256</c>.</param>
    /// <param name="Key">Which of the connection's active secrets, from 0.</param>
    /// <param name="SignedAt">By the sender's clock; ours where it says none.</param>
    public record Authentic(string Scheme, int Key, DateTimeOffset SignedAt, Trust Trust) : Verification;

    /// <summary>The whole body is covered by a signature.</summary>
    public sealed record Signed(string Scheme, int Key, DateTimeOffset SignedAt) : Authentic(Scheme, Key, SignedAt, Trust.Signed);

    /// <param name="Header">The header at fault.</param>
    public sealed record Refused(string Header, string Expected) : Verification;

    /// <summary>We hold no usable secret: ours to mend, so the sender is asked to come again.</summary>
    public sealed record Unable : Verification;
}
