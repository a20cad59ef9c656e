namespace Crm.EmbeddedHost;

/// <summary>Counts every beginning, end and coming to rest of the pumps: while it stands still, nothing happened.</summary>
internal sealed class Movement
{
    private long version;
    private TaskCompletionSource? changed;

    public long Version => Volatile.Read(ref version);

    public void Note()
    {
        Interlocked.Increment(ref version);
        Interlocked.Exchange(ref changed, null)?.TrySetResult();
    }

    /// <summary>Completes once something happened after <paramref name="seen"/>.</summary>
    public async Task After(long seen, CancellationToken token)
    {
        while (true)
        {
            TaskCompletionSource mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
            TaskCompletionSource next = Interlocked.CompareExchange(ref changed, mine, null) ?? mine;
            if (Version > seen) return;
            await next.Task.WaitAsync(token);
        }
    }
}
