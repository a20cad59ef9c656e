namespace Crm.Adapters.Sqlite;

/// <summary>
/// Numbers that grow over the life of the database and never come again: feed positions and ETags. Taken from blocks that
/// are reserved in the transaction which first uses them, so a crash skips numbers and repeats none.
/// </summary>
internal sealed class Sequence
{
    private const int Block = 4096;
    private const string Reserve = "UPDATE meta SET value = ?1 WHERE name = 'sequence'";

    private long last;
    private long reserved;
    private long committed;

    public void Begin(Session session) =>
        last = reserved = committed = session.Number("SELECT value FROM meta WHERE name = 'sequence'");

    /// <summary>Outside any savepoint, so that undoing one write does not undo the reservation.</summary>
    public void Ensure(Session session, int count)
    {
        if (last + count <= reserved) return;
        var upTo = last + Math.Max(count, Block);
        session.Prepared(Reserve).Bind(1, upTo).Run();
        reserved = upTo;
    }

    public long Next() => last < reserved ? ++last : throw new InvalidOperationException("A write took more numbers than it had announced.");

    public void Commit() => committed = reserved;

    /// <summary>The numbers given out stay unused; what was reserved has to be reserved again.</summary>
    public void RollBack() => reserved = committed;
}
