using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>One checked write, ready to be applied.</summary>
internal readonly struct DocumentChange
{
    private static readonly long TombstoneLife = (long)Limits.TombstoneLife.TotalMilliseconds;

    private readonly ContainerTable table;
    private readonly DocumentKey key;
    private readonly ReadOnlyMemory<byte> body;
    private readonly Precondition precondition;
    private readonly long? timeToLive;
    private readonly bool deletes;

    private DocumentChange(ContainerTable table, DocumentWrite write)
    {
        this.table = table;
        key = write.Key;
        deletes = write.Json is null;
        body = write.Json ?? DocumentBody.Tombstone(key, table.Definition.PartitionProperty);
        precondition = write.Precondition;
        timeToLive = deletes ? TombstoneLife
            : write.TimeToLive is { } asked ? (long)Math.Ceiling(asked.TotalMilliseconds)
            : table.DefaultTimeToLive;
    }

    /// <summary>Checks all that can be checked without the store; a body too large is the caller's to answer.</summary>
    /// <exception cref="ArgumentException">Key, body or time to live are not as the port asks.</exception>
    public static DocumentChange Of(ContainerTable table, DocumentWrite write)
    {
        DocumentKeys.Check(write.Key);
        if (write.TimeToLive is { } asked) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(asked, TimeSpan.Zero, nameof(write));
        if (write.Json is { } json) DocumentBody.Check(json.Span, write.Key, table.Definition.PartitionProperty);
        return new DocumentChange(table, write);
    }

    /// <summary>Writes, or changes nothing and says why.</summary>
    public WriteOutcome Apply(WriteTransaction transaction)
    {
        var statements = table.Statements;
        var sequence = transaction.NextSequence();
        bool written;
        if (precondition.IfMatch is { } etag)
        {
            written = Bound(transaction, statements.ReplaceVersion, sequence).Bind(8, ETags.SequenceOf(etag)).Run() == 1;
        }
        else if (deletes)
        {
            written = !precondition.IfAbsent && Bound(transaction, statements.ReplaceLive, sequence).Run() == 1;
        }
        else if (precondition.IfAbsent)
        {
            written = Bound(transaction, statements.Insert, sequence).Run() == 1
                || Bound(transaction, statements.ReplaceDead, sequence).Run() == 1;
        }
        else
        {
            written = Bound(transaction, statements.Upsert, sequence).Run() == 1;
        }
        if (!written) return Refusal(transaction);
        transaction.Wrote(table.Signal);
        return new WriteOutcome.Written(ETags.Of(sequence));
    }

    private WriteOutcome Refusal(WriteTransaction transaction)
    {
        var version = transaction.Prepared(table.Statements.Version).Bind(2, key.Partition).Bind(3, key.Id).Bind(4, transaction.Now);
        var live = version.Step();
        version.Reset();
        if (!live) return new WriteOutcome.Missing();
        return precondition.IfMatch is null ? new WriteOutcome.Exists() : new WriteOutcome.Changed();
    }

    private Statement Bound(WriteTransaction transaction, string sql, long sequence) => transaction.Prepared(sql)
        .Bind(1, sequence)
        .Bind(2, key.Partition)
        .Bind(3, key.Id)
        .Bind(4, transaction.Now)
        .Bind(5, transaction.Now + timeToLive)
        .Bind(6, deletes ? 1 : 0)
        .BindUtf8(7, body.Span);
}
