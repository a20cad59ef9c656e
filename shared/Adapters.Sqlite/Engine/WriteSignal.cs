using System.Collections.Concurrent;
using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>The number of commits to one topic. Raising it costs one addition while nobody waits.</summary>
internal sealed class WriteSignal
{
    private long current;
    private TaskCompletionSource? next;

    public long Current => Interlocked.Read(ref current);

    public void Raise()
    {
        Interlocked.Increment(ref current);
        Interlocked.Exchange(ref next, null)?.SetResult();
    }

    public Task After(long seen, CancellationToken token) => Current > seen ? Task.CompletedTask : Wait(seen, token);

    private async Task Wait(long seen, CancellationToken token)
    {
        while (Current <= seen)
        {
            var waiting = Volatile.Read(ref next);
            if (waiting is null)
            {
                var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = Interlocked.CompareExchange(ref next, fresh, null) ?? fresh;
            }
            // A commit after this look finds the source registered above, so none is missed.
            if (Current > seen) return;
            await waiting.Task.WaitAsync(token);
        }
    }
}

/// <summary>The signals of all topics.</summary>
internal sealed class WriteSignals : IWriteSignal
{
    private readonly ConcurrentDictionary<string, WriteSignal> topics = new(StringComparer.Ordinal);

    public WriteSignal this[string topic] => topics.GetOrAdd(topic, static _ => new WriteSignal());

    public long Current(string topic) => this[topic].Current;

    public Task After(string topic, long seen, CancellationToken token) => this[topic].After(seen, token);
}
