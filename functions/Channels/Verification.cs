namespace Crm.Channels;

/// <summary>Whether a request is authentic.</summary>
public abstract record Verification
{
    private Verification() { }

    /// <param name="Scheme">The scheme that held, such as <c>hmac-sha256</c>.</param>
    /// <param name="Key">Which of the connection's active secrets, from 0.</param>
    /// <param name="SignedAt">By the sender's clock.</param>
    public sealed record Signed(string Scheme, int Key, DateTimeOffset SignedAt) : Verification;

    /// <param name="Header">The header at fault.</param>
    public sealed record Refused(string Header, string Expected) : Verification;

    /// <summary>We hold no usable secret: ours to mend, so the sender is asked to come again.</summary>
    public sealed record Unable : Verification;

    public T Match<T>(Func<Signed, T> signed, Func<Refused, T> refused, Func<T> unable) => this switch
    {
        Signed s => signed(s),
        Refused r => refused(r),
        Unable => unable(),
        _ => throw new InvalidOperationException(GetType().Name),
    };
}
