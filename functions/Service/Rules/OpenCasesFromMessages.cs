using System.Text.Json;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Service;

/// <summary>
/// A message belongs to the case of its conversation; one without a case opens one where a rule says so. The case's id is made of
/// the message's, and the message is remembered in the same transaction, so that a repeat changes nothing.
/// </summary>
public sealed class OpenCasesFromMessages(IDocuments documents, CaseRules rules, TimeProvider clock) : IFollowsCustomers
{
    private const int MaxMerges = 20;

    public async Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        IReadOnlyList<CaseRule>? inForce = null;
        foreach (var change in changes.Where(IsMessage))
        {
            var activity = change.Deserialize(ModelJson.Crm.Activity)!;
            if (activity.Direction == Direction.Internal) continue;
            await TakeIn(activity, inForce ??= await rules.InOrder(token), token);
        }
    }

    private static bool IsMessage(JsonElement change) =>
        change.TryGetProperty("kind", out var kind) && kind.ValueEquals(Activity.KindName)
        && change.TryGetProperty("type", out var type) && (type.ValueEquals("message.received") || type.ValueEquals("message.sent"));

    private async Task TakeIn(Activity activity, IReadOnlyList<CaseRule> inForce, CancellationToken token)
    {
        var received = activity.Type == "message.received";
        var earlier = await CaseOf(activity, token);
        if (earlier is null && (!received || inForce.Count == 0)) return;
        if (await documents.Get(CasePointer.KeyOfMessage(activity.CustomerId, activity.Id), token) is not null) return;

        if (earlier is not null && !(received && earlier.State == CaseState.Closed)) await Attach(earlier, activity, token);
        else if (received && RuleMatch.First(inForce, activity, await TagsOf(activity.CustomerId, inForce, token)) is { } rule) await Open(rule, activity, earlier, token);
    }

    private async Task Attach(Case earlier, Activity activity, CancellationToken token)
    {
        var done = await CaseWrites.Apply(documents, earlier.Id, async one =>
        {
            if (await documents.Get(CasePointer.KeyOfMessage(activity.CustomerId, activity.Id), token) is not null) return (CaseTransaction?)null;
            var at = CaseMessages.TimeOf(activity);
            var byPerson = activity.Mail?.Automation is null;
            var received = activity.Type == "message.received";
            var after = !byPerson ? one : one.Follow(received ? one.Course.Asked(at) : one.Course.Answered(at));
            var entry = CaseEntry.Of(one, received ? CaseStep.MessageReceived : CaseStep.MessageSent, clock.GetUtcNow(), "message") with
            {
                ActivityId = activity.Id,
                Changes = CaseChange.Between(one, after),
            };
            return CaseTransaction.Of(after, entry, Pointers(activity, one.Id));
        }, token);
        // Somebody else was faster ten times: the feed brings the message again.
        if (done is Outcome<Case>.Refused { Problem.Status: 409 }) throw new StoreUnavailableException("Others change the case all the time.");
    }

    private async Task Open(CaseRule rule, Activity activity, Case? earlier, CancellationToken token)
    {
        var id = Case.IdOf(activity.CustomerId, Ids.Of(activity.ReceivedAt, "case:" + activity.Id));
        var opened = Case.Open(activity.CustomerId, id, CaseMessages.SubjectOf(activity), CaseState.Open, "open", CaseMessages.TimeOf(activity), clock.GetUtcNow()) with
        {
            Category = rule.Then.Category,
            Priority = rule.Then.Priority ?? CasePriority.Normal,
            QueueId = rule.Then.QueueId,
            Assignee = rule.Then.Assignee,
            Tags = rule.Then.Tags ?? [],
            Links = earlier is null ? [] : [new CaseLink(CaseRelation.Related, earlier.Id)],
        };
        var transaction = CaseTransaction.Of(opened, CaseEntry.Of(opened, CaseStep.Opened, clock.GetUtcNow(), "rule:" + rule.Id) with { ActivityId = activity.Id }, Pointers(activity, id));
        await documents.Batch([CaseWrites.Of(transaction.After, Precondition.Absent), .. transaction.Beside], token);
    }

    private static IReadOnlyList<DocumentWrite> Pointers(Activity activity, string caseId) =>
    [
        CaseWrites.Of(CasePointer.OfMessage(activity.CustomerId, activity.Id, caseId), Precondition.Absent),
        .. CasePointer.OfThread(activity, caseId).Select(p => CaseWrites.Of(p)),
    ];

    /// <summary>The case of the conversation, or the one that it has become part of.</summary>
    private async ValueTask<Case?> CaseOf(Activity activity, CancellationToken token)
    {
        foreach (var key in CasePointer.KeysOfThread(activity))
        {
            if (await documents.Get(key, ServiceJson.Crm.CasePointer, token) is not { } pointer) continue;
            var found = await CaseWrites.Find(documents, pointer.Value.CaseId, token);
            for (var i = 0; i < MaxMerges && found?.Value.MergedInto is { } into; i++) found = await CaseWrites.Find(documents, into, token);
            if (found is not null) return found.Value;
        }
        return null;
    }

    private async ValueTask<IReadOnlyList<string>> TagsOf(string customerId, IReadOnlyList<CaseRule> inForce, CancellationToken token) =>
        inForce.Any(r => r.When.CustomerTags is { Count: > 0 })
        && await documents.Get(new DocumentKey(Containers.Customers, customerId, customerId), ModelJson.Crm.Customer, token) is { } customer
            ? customer.Value.Tags
            : [];
}
