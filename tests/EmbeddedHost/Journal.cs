using System.Collections.Concurrent;

namespace Crm.Tests.EmbeddedHost;

/// <summary>What toy functions write down, and gates they wait at.</summary>
public sealed class Journal
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> gates = new();
    private readonly List<(string Word, int Count, TaskCompletionSource Reached)> waiting = [];
    private readonly List<string> words = [];

    /// <summary>Called by toy functions that fail on demand: throw, or return.</summary>
    public Action<string> OnRun { get; set; } = _ => { };

    public IReadOnlyList<string> Words
    {
        get
        {
            lock (words) return [.. words];
        }
    }

    public void Add(string word)
    {
        lock (words)
        {
            words.Add(word);
            foreach ((_, _, TaskCompletionSource reached) in waiting.Where(w => words.Count(x => x == w.Word) >= w.Count)) reached.TrySetResult();
        }
    }

    /// <summary>Completes once the word was written that often.</summary>
    public Task Until(string word, int count = 1)
    {
        lock (words)
        {
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((word, count, reached));
            if (words.Count(x => x == word) >= count) reached.TrySetResult();
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    public Task Gate(string name) => Source(name).Task;

    public void Open(string name) => Source(name).TrySetResult();

    private TaskCompletionSource Source(string name) =>
        gates.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
