using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Operations;

/// <summary>What could not be handled, as documents: one mechanism for receipts, feeds and queues, in both builds.</summary>
public sealed class DeadLetters(IDocuments documents, TimeProvider clock) : IDeadLetters
{
    public async Task Keep(DeadLetter letter, CancellationToken token)
    {
        var id = Ids.Of($"{letter.Stage}:{letter.Source}:{letter.Subject}");
        var now = clock.GetUtcNow();
        var document = new DeadLetterDocument(id, DeadLetterDocument.KindName, letter.Stage, letter.Source, letter.Subject, letter.Reason, letter.Detail, letter.Content, now, now);
        await documents.Put(new DocumentKey(Containers.Catalog, DeadLetterDocument.KindName, id), document, OperationsJson.Crm.DeadLetterDocument, token, Precondition.Absent);
    }
}

public sealed record DeadLetterDocument(
    string Id, string Kind, string Stage, string Source, string Subject, string Reason, string Detail, string? Content, DateTimeOffset At, DateTimeOffset SortAt)
{
    public const string KindName = "dead-letter";
}
