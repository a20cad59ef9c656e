using System.Text.Json;
using Crm.Kernel;
using Crm.Ports;

namespace Crm.Service;

/// <summary>Documents of a case as writes of one transaction.</summary>
public static class CaseWrites
{
    private const int Tries = 10;

    public static DocumentWrite Of(Case one, Precondition precondition) =>
        new(new DocumentKey(Containers.Customers, one.CustomerId, one.Id), JsonSerializer.SerializeToUtf8Bytes(one, ServiceJson.Crm.Case), precondition);

    public static DocumentWrite Of(CaseEntry entry) => new(entry.Key, JsonSerializer.SerializeToUtf8Bytes(entry, ServiceJson.Crm.CaseEntry), Precondition.Absent);

    public static DocumentWrite Of(CasePointer pointer, Precondition precondition = default) =>
        new(pointer.Key, JsonSerializer.SerializeToUtf8Bytes(pointer, ServiceJson.Crm.CasePointer), precondition);

    /// <summary>The case by its id; null for one that is nobody's.</summary>
    public static async ValueTask<Stored<Case>?> Find(IDocuments documents, string id, CancellationToken token) =>
        id.Length <= 100 && Case.KeyOf(id) is { } key ? await documents.Get(key, ServiceJson.Crm.Case, token) : null;

    /// <summary>
    /// One step on the latest version of a case, again when somebody was faster. The step sees the case and says what it becomes,
    /// with what is written beside it; or that there is nothing to do (null), or a refusal.
    /// </summary>
    /// <returns>The case as it is then.</returns>
    public static async Task<Outcome<Case>> Apply(IDocuments documents, string id, Func<Case, ValueTask<Outcome<CaseTransaction?>>> step, CancellationToken token)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await Find(documents, id, token) is not { } stored) return Problems.NotFound("There is no such case.");
            switch (await step(stored.Value))
            {
                case Outcome<CaseTransaction?>.Refused refused: return refused.Problem;
                case Outcome<CaseTransaction?>.Done { Value: null }: return stored.Value;
                case Outcome<CaseTransaction?>.Done { Value: { } transaction }:
                    var outcome = await documents.Batch([Of(transaction.After, Precondition.Match(stored.ETag)), .. transaction.Beside], token);
                    if (outcome is BatchOutcome.Written) return transaction.After;
                    if (outcome is BatchOutcome.Refused { Reason: WriteOutcome.TooLarge }) return Problems.TooLarge(Limits.DocumentBytes);
                    break;
            }
        }
        return Problems.Conflict("Others change this case all the time. Try again.");
    }
}

/// <param name="Beside">In the same partition.</param>
public sealed record CaseTransaction(Case After, IReadOnlyList<DocumentWrite> Beside)
{
    /// <summary>A step with its entry in the history.</summary>
    public static CaseTransaction Of(Case after, CaseEntry entry, params IReadOnlyList<DocumentWrite> others) =>
        new(after with { Entries = after.Entries + 1, ChangedAt = entry.At > after.ChangedAt ? entry.At : after.ChangedAt }, [CaseWrites.Of(entry), .. others]);
}
