using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Service;

public sealed class SlaPolicies(IDocuments documents, Calendars calendars, TimeProvider clock) : CatalogResource<SlaPolicy, SlaPolicyFields>(documents, clock)
{
    protected override string Path => "/api/sla-policies";

    protected override string Noun => "SLA policy";

    protected override string Kind => SlaPolicy.KindName;

    public override JsonTypeInfo<SlaPolicy> Type => ServiceJson.Crm.SlaPolicy;

    public override JsonTypeInfo<SlaPolicyFields> FieldsType => ServiceJson.Crm.SlaPolicyFields;

    public override ListShape Shape { get; } = ListShape.Of(ServiceJson.Crm.SlaPolicy, ["-createdAt"]);

    /// <summary>Every policy with its calendar, to be asked about several cases.</summary>
    public async ValueTask<SlaTerms> Terms(CancellationToken token)
    {
        var policies = new List<SlaPolicy>();
        await foreach (var document in Documents.All(new DocumentQuery(Containers.Catalog, Kind, []), token)) policies.Add(document.As(Type).Value);
        var hours = new Dictionary<string, BusinessHours>(StringComparer.Ordinal);
        foreach (var id in policies.Select(p => p.CalendarId).OfType<string>().Distinct()) hours[id] = await calendars.HoursOf(id, token);
        return new SlaTerms(policies, hours);
    }

    protected override string IdOf(SlaPolicy value) => value.Id;

    protected override SlaPolicyFields FieldsOf(SlaPolicy value) =>
        new(value.Name, value.Order, value.Queues, value.CalendarId, value.Targets, value.PauseOn, value.AtRiskPercent);

    protected override Problem? Fault(SlaPolicyFields fields) => fields.Fault();

    protected override async ValueTask<Problem?> Refuse(SlaPolicy? before, SlaPolicy after, CancellationToken token) =>
        after.CalendarId is { } id && await calendars.Find(id, token) is null
            ? Problems.Invalid(FieldError.At("/calendarId", "expected the id of a calendar"))
            : null;

    protected override SlaPolicy Make(string id, SlaPolicyFields fields, DateTimeOffset now) =>
        Change(new SlaPolicy { Id = id, Name = "", CreatedAt = now, ChangedAt = now, SortAt = now }, fields, now);

    protected override SlaPolicy Change(SlaPolicy value, SlaPolicyFields fields, DateTimeOffset now) => value with
    {
        Name = fields.Name!,
        Order = fields.Order ?? 0,
        Queues = fields.Queues ?? [],
        CalendarId = fields.CalendarId,
        Targets = fields.Targets!,
        PauseOn = fields.PauseOn ?? [CaseState.Pending, CaseState.OnHold],
        AtRiskPercent = fields.AtRiskPercent ?? SlaPolicy.DefaultAtRiskPercent,
        ChangedAt = now,
    };
}

/// <summary>The policies of a moment and the hours of their calendars.</summary>
public sealed record SlaTerms(IReadOnlyList<SlaPolicy> Policies, IReadOnlyDictionary<string, BusinessHours> Hours)
{
    /// <summary>What is promised for a case; empty where no policy fits.</summary>
    public IReadOnlyList<Promise> Promises(Case one, DateTimeOffset now) =>
        SlaPolicy.Of(Policies, one.QueueId, one.Priority) is { } fit ? CasePromises.Of(fit.Policy, fit.Target, HoursOf(fit.Policy), one.Course, now) : [];

    /// <summary>The hours in which a case's time is counted.</summary>
    public BusinessHours HoursOf(Case one) => SlaPolicy.Of(Policies, one.QueueId, one.Priority) is { } fit ? HoursOf(fit.Policy) : BusinessHours.Always;

    private BusinessHours HoursOf(SlaPolicy policy) => policy.CalendarId is { } id ? Hours.GetValueOrDefault(id, BusinessHours.Always) : BusinessHours.Always;
}
