namespace Crm.Adapters.Files;

/// <summary>One writer at a time to a name; names share a fixed number of locks.</summary>
internal sealed class NameLocks
{
    private const int Stripes = 64;

    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Free again when disposed.</summary>
    public async Task<IDisposable> Take(string name, CancellationToken token)
    {
        var stripe = _stripes[(uint)string.GetHashCode(name, StringComparison.Ordinal) % Stripes];
        await stripe.WaitAsync(token);
        return new Held(stripe);
    }

    private sealed class Held(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
