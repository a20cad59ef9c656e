using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Service;

public sealed class CaseRules(IDocuments documents, Queues queues, TimeProvider clock) : CatalogResource<CaseRule, CaseRuleFields>(documents, clock)
{
    protected override string Path => "/api/rules";

    protected override string Noun => "rule";

    protected override string Kind => CaseRule.KindName;

    public override JsonTypeInfo<CaseRule> Type => ServiceJson.Crm.CaseRule;

    public override JsonTypeInfo<CaseRuleFields> FieldsType => ServiceJson.Crm.CaseRuleFields;

    public override ListShape Shape { get; } = ListShape.Of(ServiceJson.Crm.CaseRule, ["-createdAt"]);

    /// <summary>Those that are in force, in the order in which they are tried.</summary>
    public async ValueTask<IReadOnlyList<CaseRule>> InOrder(CancellationToken token)
    {
        var rules = new List<CaseRule>();
        await foreach (var document in Documents.All(new DocumentQuery(Containers.Catalog, Kind, []), token)) rules.Add(document.As(Type).Value);
        return [.. rules.Where(r => !r.Disabled).OrderBy(r => r.Order).ThenBy(r => r.CreatedAt).ThenBy(r => r.Id, StringComparer.Ordinal)];
    }

    protected override string IdOf(CaseRule value) => value.Id;

    protected override CaseRuleFields FieldsOf(CaseRule value) => new(value.Name, value.Order, value.Disabled, value.When, value.Then);

    protected override Problem? Fault(CaseRuleFields fields) => fields.Fault();

    protected override async ValueTask<Problem?> Refuse(CaseRule? before, CaseRule after, CancellationToken token) =>
        after.Then.QueueId is { } id && await queues.Find(id, token) is null
            ? Problems.Invalid(FieldError.At("/then/queueId", "expected the id of a queue"))
            : null;

    protected override CaseRule Make(string id, CaseRuleFields fields, DateTimeOffset now) =>
        Change(new CaseRule { Id = id, Name = "", CreatedAt = now, ChangedAt = now, SortAt = now }, fields, now);

    protected override CaseRule Change(CaseRule value, CaseRuleFields fields, DateTimeOffset now) => value with
    {
        Name = fields.Name!,
        Order = fields.Order ?? 0,
        Disabled = fields.Disabled ?? false,
        When = fields.When ?? new RuleConditions(),
        Then = fields.Then ?? new RuleOpening(),
        ChangedAt = now,
    };
}
