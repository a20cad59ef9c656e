namespace Crm.Adapters.Sqlite;

/// <summary>What a write sees of the transaction that it shares with others.</summary>
internal sealed class WriteTransaction(Session session, Sequence sequence)
{
    private readonly HashSet<WriteSignal> signals = [];

    /// <summary>Unix milliseconds, the same for the whole group.</summary>
    public long Now { get; set; }

    public IReadOnlyCollection<WriteSignal> Signals => signals;

    public long NextSequence() => sequence.Next();

    public Statement Prepared(string sql) => session.Prepared(sql);

    /// <summary>After the commit, whoever waits for this topic wakes.</summary>
    public void Wrote(WriteSignal signal) => signals.Add(signal);

    /// <summary>Takes back what this (compound) write has done so far.</summary>
    public void UndoThisWrite() => session.Prepared("ROLLBACK TO write").Run();

    public void Clear() => signals.Clear();
}
