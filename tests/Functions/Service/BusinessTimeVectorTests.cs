using System.Globalization;
using System.Text.Json.Nodes;
using Crm.Service;
using Crm.Tests.Support;
using NodaTime;

namespace Crm.Tests.Functions.Service;

/// <summary>
/// Figures that others publish. sla_vectors.json: times and results of the specs of zendesk/biz (Apache-2.0), chatwoot (MIT) and
/// zammad, retyped as facts.
/// </summary>
public sealed class BusinessTimeVectorTests
{
    private static readonly JsonNode Vectors = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests/Functions/Service/sla_vectors.json")))!;

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static TheoryData<string, string, string> Added() => [.. Vectors["add_business_time"]!.AsArray().Select(v => (v!.Text("from"), v!.Text("add"), v!.Text("to")))];

    public static TheoryData<string, string, string> Subtracted() => [.. Vectors["subtract_business_time"]!.AsArray().Select(v => (v!.Text("from"), v!.Text("sub"), v!.Text("to")))];

    [Theory]
    [MemberData(nameof(Added))]
    public void Adding(string from, string amount, string to) =>
        Assert.Equal(At(to), amount.EndsWith('d') ? BusinessTime.AddDays(Hours(), At(from), DaysOf(amount)) : BusinessTime.Add(Hours(), At(from), AmountOf(amount)));

    [Theory]
    [MemberData(nameof(Subtracted))]
    public void Subtracting(string from, string amount, string to) =>
        Assert.Equal(At(to), amount.EndsWith('d') ? BusinessTime.AddDays(Hours(), At(from), -DaysOf(amount)) : BusinessTime.Subtract(Hours(), At(from), AmountOf(amount)));

    [Fact]
    public void Elapsed()
    {
        var closures = new[]
        {
            new DatedClosure(new LocalDate(2006, 1, 2), 600, 690), new DatedClosure(new LocalDate(2006, 1, 3), 855, 870), new DatedClosure(new LocalDate(2006, 1, 3), 940, 950),
        };
        var hours = Hours([new LocalDate(2006, 1, 1), new LocalDate(2006, 12, 25)], closures);
        foreach (var vector in Vectors["elapsed"]!.AsArray())
        {
            var counted = BusinessTime.Between(vector!["note"] is null ? Hours() : hours, At(vector.Text("from")), At(vector.Text("to")));
            Assert.Equal(vector["hours"]!.GetValue<double>(), counted.TotalHours);
        }
    }

    [Fact]
    public void Holidays()
    {
        var vector = Vectors["holidays"]!;
        var hours = Hours(vector["holidays"]!.AsArray().Select(d => Date(d!.GetValue<string>())));
        var from = At(vector.Text("from"));
        Assert.Equal(Periods(vector["next_periods"]!), BusinessTime.Openings(hours, from, from.AddDays(30)).Take(3));
    }

    [Fact]
    public void Breaks_in_the_middle_of_a_period()
    {
        var vector = Vectors["break_mid_period"]!;
        var closures =
            from date in vector["breaks"]!.AsObject()
            from pause in date.Value!.AsArray()
            select new DatedClosure(Date(date.Key), Minutes(pause![0]!), Minutes(pause[1]!));
        var from = At(vector.Text("from"));
        Assert.Equal(Periods(vector["periods"]!), BusinessTime.Openings(Hours(closures: closures), from, from.AddDays(30)).Take(3));
    }

    [Fact]
    public void Working_hours_of_a_week()
    {
        var vector = Vectors["chatwoot"]!;
        var hours = new BusinessHours(DateTimeZone.Utc, [.. Enumerable.Range(0, 5).Select(day => new WeeklyShift(day, 540, 1020))]);
        Assert.Equal(vector["business_seconds"]!.GetValue<int>(), BusinessTime.Between(hours, At(vector.Text("from")), At(vector.Text("to"))).TotalSeconds);
        var now = At("2022-03-24T14:00:00Z");
        Assert.Equal(vector["reply_time_2h_ago_seconds"]!.GetValue<int>(), BusinessTime.Between(hours, now.AddHours(-2), now).TotalSeconds);
        var handoff = vector["first_response_after_bot_handoff"]!;
        Assert.Equal(
            handoff["seconds"]!.GetValue<int>(),
            BusinessTime.Between(BusinessHours.Always, now + After(handoff.Text("handoff")), now + After(handoff.Text("human_reply"))).TotalSeconds);

        static TimeSpan After(string text) => AmountOf(text.TrimStart('+'));
    }

    internal static BusinessHours Hours(IEnumerable<LocalDate>? holidays = null, IEnumerable<DatedClosure>? closures = null)
    {
        var shifts =
            from day in Vectors["schedule_A_utc"]!.AsObject()
            from shift in day.Value!.AsArray()
            select new WeeklyShift(Array.IndexOf(Days, day.Key), Minutes(shift![0]!), Minutes(shift[1]!));
        return new BusinessHours(DateTimeZone.Utc, [.. shifts], holidays, closures);
    }

    private static IEnumerable<(DateTimeOffset, DateTimeOffset)> Periods(JsonNode node) => node.AsArray().Select(p => (At(p![0]!.GetValue<string>()), At(p[1]!.GetValue<string>())));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static LocalDate Date(string text) => LocalDate.FromDateOnly(DateOnly.Parse(text, CultureInfo.InvariantCulture));

    private static int Minutes(JsonNode node) => (int)TimeOnly.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;

    private static int DaysOf(string text) => int.Parse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture);

    private static TimeSpan AmountOf(string text)
    {
        var figure = int.Parse(text.AsSpan().TrimEnd("smh"), CultureInfo.InvariantCulture);
        return text[^1] switch { 's' => TimeSpan.FromSeconds(figure), 'm' => TimeSpan.FromMinutes(figure), 'h' => TimeSpan.FromHours(figure), _ => TimeSpan.Zero };
    }
}
