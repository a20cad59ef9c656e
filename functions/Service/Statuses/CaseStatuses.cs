using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Service;

public sealed class CaseStatuses(IDocuments documents, TimeProvider clock) : CatalogResource<CaseStatus, CaseStatusFields>(documents, clock)
{
    protected override string Path => "/api/case-statuses";

    protected override string Noun => "case status";

    protected override string Kind => CaseStatus.KindName;

    public override JsonTypeInfo<CaseStatus> Type => ServiceJson.Crm.CaseStatus;

    public override JsonTypeInfo<CaseStatusFields> FieldsType => ServiceJson.Crm.CaseStatusFields;

    public override ListShape Shape { get; } = ListShape.Of(ServiceJson.Crm.CaseStatus, ["-createdAt"]);

    protected override string IdOf(CaseStatus value) => value.Id;

    protected override CaseStatusFields FieldsOf(CaseStatus value) => new(value.Id, value.Name, value.State);

    protected override Problem? Fault(CaseStatusFields fields) => fields.Fault();

    protected override async ValueTask<Problem?> Refuse(CaseStatus? before, CaseStatus after, CancellationToken token)
    {
        if (before is null) return await Find(after.Id, token) is null ? null : Problems.Conflict($"There is a case status {after.Id} already.");
        return before.Id == after.Id && before.State == after.State
            ? null
            : Problems.Conflict("The key and the state of a case status stay as they are, for cases name it: make another.");
    }

    protected override CaseStatus Make(string id, CaseStatusFields fields, DateTimeOffset now) =>
        new() { Id = fields.Key!, Name = fields.Name!, State = fields.State!.Value, CreatedAt = now, ChangedAt = now, SortAt = now };

    protected override CaseStatus Change(CaseStatus value, CaseStatusFields fields, DateTimeOffset now) =>
        value with { Id = fields.Key!, Name = fields.Name!, State = fields.State!.Value, ChangedAt = now };
}
