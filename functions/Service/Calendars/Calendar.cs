using System.Text.Json.Serialization;
using Crm.Kernel;
using FluentValidation;
using NodaTime;

namespace Crm.Service;

/// <summary>When the company works, by the wall clock of one zone.</summary>
public sealed record Calendar
{
    public const string KindName = "calendar";

    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    public required string Name { get; init; }

    /// <summary>IANA, such as <c>Europe/Berlin</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Empty: never open, so that nothing is ever due.</summary>
    public IReadOnlyList<CalendarShift> Shifts { get; init; } = [];

    /// <summary>Local dates that are closed as a whole.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    public IReadOnlyList<CalendarClosure> Closures { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    public BusinessHours Hours() => new(
        DateTimeZoneProviders.Tzdb[TimeZone],
        [.. Shifts.Select(s => new WeeklyShift((int)s.Day!.Value, TimeOfDay.Minutes(s.From)!.Value, TimeOfDay.Minutes(s.To)!.Value))],
        Holidays.Select(LocalDate.FromDateOnly),
        Closures.Select(c => new DatedClosure(LocalDate.FromDateOnly(c.Date!.Value), TimeOfDay.Minutes(c.From)!.Value, TimeOfDay.Minutes(c.To)!.Value)));
}

public enum Weekday
{
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// <param name="From"><c>09:00</c>; minutes of the wall clock.</param>
/// <param name="To">Exclusive, up to <c>24:00</c>; at or before <paramref name="From"/> it means the next day.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CalendarShift(Weekday? Day = null, string? From = null, string? To = null);

/// <summary>A time of one date at which it is closed although a shift covers it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CalendarClosure(DateOnly? Date = null, string? From = null, string? To = null);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CalendarFields(
    string? Name = null,
    string? TimeZone = null,
    IReadOnlyList<CalendarShift>? Shifts = null,
    IReadOnlyList<DateOnly>? Holidays = null,
    IReadOnlyList<CalendarClosure>? Closures = null)
{
    public Problem? Fault() => new Rules().Check(this);

    private sealed class Rules : AbstractValidator<CalendarFields>
    {
        public Rules()
        {
            RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
            RuleFor(c => c.TimeZone).Must(z => z is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(z) is not null)
                .WithMessage("expected an IANA time zone, such as Europe/Berlin");
            RuleFor(c => c.Shifts).Must(s => s is null || s.Count <= 100).WithMessage("expected at most 100 shifts");
            RuleFor(c => c.Holidays).Must(h => h is null || h.Count <= 1_000).WithMessage("expected at most 1000 holidays");
            RuleFor(c => c.Closures).Must(h => h is null || h.Count <= 1_000).WithMessage("expected at most 1000 closures");
            RuleForEach(c => c.Shifts).Must(s => s is { Day: not null } && TimeOfDay.Minutes(s.From) < 1440 && TimeOfDay.Minutes(s.To) is not null)
                .WithMessage("expected a day (mon to sun), from (00:00 to 23:59) and to (00:00 to 24:00)");
            RuleForEach(c => c.Closures).Must(s => s is { Date: not null } && TimeOfDay.Minutes(s.From) < TimeOfDay.Minutes(s.To))
                .WithMessage("expected a date, from, and a later to (up to 24:00)");
        }
    }
}
