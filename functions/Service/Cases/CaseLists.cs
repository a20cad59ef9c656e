using System.Text.Json;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Service;

/// <summary>
/// Keeps the lists of cases: one of all, and a short one of those that are not solved, which also sorts by the time they are due.
/// </summary>
public sealed class CaseLists(IDocuments documents, SlaPolicies policies, TimeProvider clock) : IFollowsCustomers
{
    /// <summary>Sorts after every time.</summary>
    private const string NeverDue = "~";

    public SortedView All { get; } = new(documents, "cases");

    public SortedView Unsolved { get; } = new(documents, "unsolved-cases");

    public async Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        SlaTerms? terms = null;
        foreach (var change in changes)
        {
            var id = change.GetProperty("id").GetString()!;
            if (Case.KeyOf(id) is null) continue;
            if (change.TryGetProperty("deleted", out var deleted) && deleted.ValueKind == JsonValueKind.True)
            {
                await All.Remove(id, token);
                await Unsolved.Remove(id, token);
                await documents.Delete(CaseReference.KeyOf(CaseReference.Of(id))!.Value, default, token);
            }
            else if (change.GetProperty("kind").ValueEquals(Case.KindName))
            {
                await Put(change.Deserialize(ServiceJson.Crm.Case)!, terms ??= await policies.Terms(token), token);
            }
        }
    }

    private async Task Put(Case one, SlaTerms terms, CancellationToken token)
    {
        var listed = ListedCase.Of(one, terms.Promises(one, clock.GetUtcNow()));
        var item = JsonSerializer.SerializeToElement(listed, ServiceJson.Crm.ListedCase);
        var keys = new Dictionary<string, string> { ["byCreated"] = UtcTimestamps.Text(one.CreatedAt), ["byChanged"] = UtcTimestamps.Text(one.ChangedAt) };
        await All.Put(one.Id, keys, item, token);
        await documents.Put(CaseReference.WriteOf(one), token);
        if (CaseCourse.IsEnd(one.State)) await Unsolved.Remove(one.Id, token);
        else await Unsolved.Put(one.Id, new Dictionary<string, string>(keys) { ["byDue"] = listed.DueAt is { } due ? UtcTimestamps.Text(due) : NeverDue }, item, token);
    }
}
