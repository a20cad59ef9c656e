using System.Security.Claims;
using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Crm.Resources;
using Microsoft.AspNetCore.Http;

namespace Crm.Service;

/// <summary>Cases as one caller may make and change them, with the statuses of this moment.</summary>
public sealed class Cases(IDocuments documents, TimeProvider clock, KnownStatuses statuses, string by) : Resource<Case, CaseFields>(documents, clock)
{
    protected override string Path => "/api/cases";

    protected override string Noun => "case";

    public override JsonTypeInfo<Case> Type => ServiceJson.Crm.Case;

    public override JsonTypeInfo<CaseFields> FieldsType => ServiceJson.Crm.CaseFields;

    public static async ValueTask<Cases> For(HttpRequest request, IDocuments documents, TimeProvider clock, CancellationToken token) =>
        new(documents, clock, await KnownStatuses.Read(documents, token), CallerOf(request));

    public static string CallerOf(HttpRequest request) => "key:" + request.HttpContext.User.FindFirstValue(ClaimTypes.NameIdentifier);

    protected override ValueTask<DocumentKey?> KeyOf(string id, CancellationToken token) => ValueTask.FromResult(Case.KeyOf(id));

    protected override string IdOf(Case value) => value.Id;

    protected override CaseFields FieldsOf(Case value) => CaseFields.Of(value);

    protected override Problem? Fault(CaseFields fields) =>
        fields.Fault() ?? (StateOf(fields) is null ? Problems.Invalid(FieldError.At("/status", "expected open, pending, on-hold, solved, closed, or a key of /api/case-statuses")) : null);

    protected override async ValueTask<Problem?> Refuse(Case? before, Case after, CancellationToken token)
    {
        if (before?.MergedInto is { } target) return Problems.Conflict($"This case has become part of {target}. Change that one.");
        if (before is not null && before.CustomerId != after.CustomerId) return Problems.Invalid(FieldError.At("/customerId", "expected the customer that the case has: it cannot change"));
        if (before is null && !await IsCustomer(after.CustomerId, token))
            return Problems.Invalid(FieldError.At("/customerId", "expected the id of a customer"));
        return after.QueueId is { } queue && before?.QueueId != queue && (!DocumentKeys.IsId(queue) || await Documents.Get(new DocumentKey(Containers.Catalog, Queue.KindName, queue), token) is null)
            ? Problems.Invalid(FieldError.At("/queueId", "expected the id of a queue"))
            : null;
    }

    protected override Case Make(string id, CaseFields fields, DateTimeOffset now)
    {
        var opened = Case.Open(fields.CustomerId!, Case.IdOf(fields.CustomerId!, id), fields.Subject!, StateOf(fields)!.Value, fields.Status ?? "open", now, now);
        return On(opened, fields) with { Entries = 1 };
    }

    protected override Case Change(Case value, CaseFields fields, DateTimeOffset now)
    {
        var changed = On(value.Enter(fields.Status ?? "open", StateOf(fields)!.Value, now), fields) with { CustomerId = fields.CustomerId! };
        return CaseChange.Between(value, changed).Count == 0 ? changed : changed with { ChangedAt = now, Entries = value.Entries + 1 };
    }

    protected override async ValueTask<WriteOutcome> Store(Case? before, Case after, Precondition precondition, CancellationToken token)
    {
        List<DocumentWrite> writes = [CaseWrites.Of(after, precondition)];
        if (after.Entries > (before?.Entries ?? 0))
        {
            var entry = CaseEntry.Of(after with { Entries = after.Entries - 1 }, before is null ? CaseStep.Opened : CaseStep.Changed, after.ChangedAt, by);
            writes.Add(CaseWrites.Of(before is null ? entry : entry with { Changes = CaseChange.Between(before, after) }));
        }
        return (await Documents.Batch(writes, token)).Match(written => new WriteOutcome.Written(written.ETags[0]), refused => refused.Reason);
    }

    /// <summary>Not a company, and not somebody who was deleted.</summary>
    private async ValueTask<bool> IsCustomer(string id, CancellationToken token) =>
        await Documents.Get(new DocumentKey(Containers.Customers, id, id), token) is { } stored && stored.IsOf(Customer.KindName);

    private CaseState? StateOf(CaseFields fields) => statuses.StateOf(fields.Status ?? "open");

    private static Case On(Case one, CaseFields fields) => one with
    {
        Subject = fields.Subject!,
        Category = fields.Category,
        Priority = fields.Priority ?? CasePriority.Normal,
        QueueId = fields.QueueId,
        Assignee = fields.Assignee,
        Tags = [.. (fields.Tags ?? []).Distinct()],
    };
}
