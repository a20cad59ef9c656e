namespace Crm.EmbeddedHost;

/// <summary>
/// A function's own retries: the n-th waits <c>Minimum * 2^(n-1)</c>, at most <c>Maximum</c> (equal for a fixed delay).
/// </summary>
/// <param name="MaxRetries">After the first try; -1 is for ever.</param>
public sealed record RetryPolicy(int MaxRetries, TimeSpan Minimum, TimeSpan Maximum)
{
    /// <summary>The wait before retry number <paramref name="retry"/>, the first being 1.</summary>
    public TimeSpan Delay(int retry)
    {
        double ticks = Minimum.Ticks * Math.Pow(2, Math.Min(retry - 1, 62));
        return ticks >= Maximum.Ticks ? Maximum : TimeSpan.FromTicks((long)ticks);
    }

    /// <summary>Whether another try follows after <paramref name="failures"/> failed ones.</summary>
    public bool Allows(int failures) => MaxRetries < 0 || failures <= MaxRetries;
}
