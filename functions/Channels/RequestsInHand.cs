using System.Collections.Concurrent;

namespace Crm.Channels;

/// <summary>
/// How many requests of one connection this instance has in hand: beyond the limit a noisy sender is asked to come again, and the
/// others do not wait for it.
/// </summary>
public sealed class RequestsInHand
{
    public const int MostPerConnection = 256;

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Null: too many. Otherwise to be disposed when the request is answered.</summary>
    public IDisposable? Take(string connectionId)
    {
        if (_counts.AddOrUpdate(connectionId, 1, (_, count) => count + 1) <= MostPerConnection) return new Hold(this, connectionId);
        GiveBack(connectionId);
        return null;
    }

    private void GiveBack(string connectionId)
    {
        // The last one leaves no entry behind.
        if (_counts.AddOrUpdate(connectionId, 0, (_, count) => count - 1) == 0) _counts.TryRemove(new KeyValuePair<string, int>(connectionId, 0));
    }

    private sealed class Hold(RequestsInHand requests, string connectionId) : IDisposable
    {
        public void Dispose() => requests.GiveBack(connectionId);
    }
}
