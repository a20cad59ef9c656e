using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Service;

public sealed class Calendars(IDocuments documents, TimeProvider clock) : CatalogResource<Calendar, CalendarFields>(documents, clock)
{
    protected override string Path => "/api/calendars";

    protected override string Noun => "calendar";

    protected override string Kind => Calendar.KindName;

    public override JsonTypeInfo<Calendar> Type => ServiceJson.Crm.Calendar;

    public override JsonTypeInfo<CalendarFields> FieldsType => ServiceJson.Crm.CalendarFields;

    public override ListShape Shape { get; } = ListShape.Of(ServiceJson.Crm.Calendar, ["-createdAt"]);

    /// <summary>Null stands for open at every moment, and so does a calendar that was deleted.</summary>
    public async ValueTask<BusinessHours> HoursOf(string? id, CancellationToken token) =>
        id is not null && await Find(id, token) is { } stored ? stored.Value.Hours() : BusinessHours.Always;

    protected override string IdOf(Calendar value) => value.Id;

    protected override CalendarFields FieldsOf(Calendar value) => new(value.Name, value.TimeZone, value.Shifts, value.Holidays, value.Closures);

    protected override Problem? Fault(CalendarFields fields) => fields.Fault();

    protected override Calendar Make(string id, CalendarFields fields, DateTimeOffset now) =>
        Change(new Calendar { Id = id, Name = "", TimeZone = "UTC", CreatedAt = now, ChangedAt = now, SortAt = now }, fields, now);

    protected override Calendar Change(Calendar value, CalendarFields fields, DateTimeOffset now) => value with
    {
        Name = fields.Name!,
        TimeZone = fields.TimeZone!,
        Shifts = fields.Shifts ?? [],
        Holidays = fields.Holidays ?? [],
        Closures = fields.Closures ?? [],
        ChangedAt = now,
    };
}
