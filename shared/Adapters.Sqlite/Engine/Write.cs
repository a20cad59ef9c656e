namespace Crm.Adapters.Sqlite;

/// <summary>One piece of work for <see cref="GroupCommit"/>: applied inside a shared transaction, answered after its commit.</summary>
internal abstract class Write(CancellationToken token)
{
    /// <summary>The most sequence numbers it takes.</summary>
    public virtual int Sequences => 1;

    /// <summary>Several statements: a savepoint makes them one.</summary>
    public virtual bool IsCompound => false;

    /// <summary>Why this write alone failed.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Asked once, before the write begins; later it is too late.</summary>
    public bool IsCancelled => token.IsCancellationRequested;

    protected CancellationToken Token => token;

    public abstract void Apply(WriteTransaction transaction);

    /// <summary>Answers the caller: committed, or failed alone.</summary>
    public abstract void Answer();

    public abstract void Fail(Exception error);

    public abstract void Cancel();
}

/// <summary>A write with a result for its caller.</summary>
internal abstract class Write<T>(CancellationToken token) : Write(token)
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Task => answer.Task;

    public sealed override void Apply(WriteTransaction transaction) => result = Do(transaction);

    public sealed override void Answer()
    {
        if (Fault is null) answer.SetResult(result);
        else answer.SetException(Fault);
    }

    public sealed override void Fail(Exception error) => answer.SetException(error);

    public sealed override void Cancel() => answer.SetCanceled(Token);

    protected abstract T Do(WriteTransaction transaction);
}

/// <summary>A write too rare to have its own class.</summary>
internal sealed class Write<TState, T>(TState state, Func<WriteTransaction, TState, T> apply, CancellationToken token) : Write<T>(token)
{
    public override bool IsCompound => true;

    protected override T Do(WriteTransaction transaction) => apply(transaction, state);
}
