using Crm.Ports;

namespace Crm.Adapters.Sqlite;

internal sealed class PutDocument(DocumentChange change, CancellationToken token) : Write<WriteOutcome>(token)
{
    protected override WriteOutcome Do(WriteTransaction transaction) => change.Apply(transaction);
}

internal sealed class PutBatch(DocumentChange[] changes, CancellationToken token) : Write<BatchOutcome>(token)
{
    public override int Sequences => changes.Length;

    public override bool IsCompound => true;

    protected override BatchOutcome Do(WriteTransaction transaction)
    {
        var etags = new string[changes.Length];
        for (var i = 0; i < changes.Length; i++)
        {
            var outcome = changes[i].Apply(transaction);
            if (outcome is not WriteOutcome.Written written)
            {
                transaction.UndoThisWrite();
                return new BatchOutcome.Refused(i, outcome);
            }
            etags[i] = written.ETag;
        }
        return new BatchOutcome.Written(etags);
    }
}
