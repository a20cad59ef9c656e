using Crm.Console;
using Crm.Customers;
using Crm.Kernel;
using Crm.Model;
using Crm.Reports;
using Crm.Tests.Support;

namespace Crm.Tests.Functions.Console;

/// <summary>Every page of the console, full of what a hostile or unlucky sender could have put there.</summary>
internal static class SomePages
{
    public const string Hostile = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> 非常感谢 &amp;";

    /// <summary>Half an hour after Berlin's clock has gone forward.</summary>
    public static readonly DateTimeOffset At = new(2026, 3, 29, 1, 30, 5, 123, TimeSpan.Zero);

    private static readonly Company Company = new(Hostile, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    public static PageFrame Frame(Words? words = null) => new(words ?? Words.English, Company, "customers", Hostile, "__RequestVerificationToken", "token");

    public static Customer Customer { get; } = new()
    {
        Id = "01m844tqkkay1f4hgr12gz5800",
        CustomerId = "01m844tqkkay1f4hgr12gz5800",
        Name = Hostile,
        Emails = [Hostile],
        Phones = ["+4930123456"],
        Language = Hostile,
        Tags = [Hostile],
        CreatedAt = At,
        ChangedAt = At,
        Source = Hostile,
    };

    public static Activity Activity { get; } = new()
    {
        Id = "91q28tzqm3nqd1x4ac7g5rwxjfyhhz09",
        CustomerId = Customer.Id,
        Type = Hostile,
        Channel = Channel.Email,
        Direction = Direction.Inbound,
        OccurredAt = At,
        ReceivedAt = At,
        TimelineAt = At,
        MappingVersion = 1,
        From = new Party(Hostile, Hostile),
        Subject = Hostile,
        Text = Hostile,
        ConnectionId = "c",
        ReceiptId = "r",
        Provider = "p",
        ProviderEventId = "e",
        ProviderEventType = "t",
        DedupeKey = "k",
    };

    public static TextInsight Insight { get; } = new()
    {
        Id = "i",
        CustomerId = Customer.Id,
        ActivityId = Activity.Id,
        Language = "zh",
        LanguageConfidence = 1,
        Sentiment = -.8074,
        Label = SentimentLabel.Negative,
        AnalysedAt = At,
        MethodVersion = 1,
    };

    public static ReportRun Run { get; } = new()
    {
        Id = "2026-03-28",
        Kind = "report.daily-communication",
        Report = "daily-communication",
        Day = new DateOnly(2026, 3, 28),
        TimeZone = "Europe/Berlin",
        Revision = 2,
        Reason = "late-data",
        Watermark = At,
        FiguresSha256 = "",
        DefinitionVersion = 1,
        Rows = 1234,
        CreatedAt = At,
        SortAt = "2026-03-28",
        Files = [new("report.html", "text/html", 1, "", ""), new("rows.csv", "text/csv", 1, "", ""), new("rows.ndjson", "x", 1, "", ""), new("manifest.json", "x", 1, "", "")],
    };

    public static Task<Rendered> SignIn(Words? words = null) =>
        Rendered.Of<SignInPage>(("Frame", Frame(words) with { User = null }), ("Error", "This key is not known here."), ("ReturnTo", Hostile));

    public static Task<Rendered> Customers(IReadOnlyList<Customer> customers, string? next = null, Words? words = null) => Rendered.Of<CustomersPage>(
        ("Frame", Frame(words)), ("Page", new CustomerPage(customers, next)), ("Latest", new Dictionary<string, DateTimeOffset> { [Customer.Id] = At }));

    public static TimelineItem Item(TextInsight? insight, string? text = null) =>
        new("activity", Activity.Type, Activity.TimelineAt, Activity.Subject) { Activity = text is null ? Activity : Activity with { Text = text }, Insight = insight };

    public static Task<Rendered> OneCustomer(IReadOnlyList<TimelineItem> items, string? next = null, Words? words = null) =>
        Rendered.Of<OneCustomerPage>(("Frame", Frame(words)), ("Customer", Customer), ("Timeline", new TimelinePage(items, next)));

    public static Task<Rendered> Event(RawRequest? raw = null, Words? words = null, params TrailStage[] stages)
    {
        var trail = new EventTrail(Hostile) { Activity = Activity };
        trail.Stages.AddRange(stages.Length > 0 ? stages : [new("receipt", StageState.Done, At, Hostile, [new("bytes", "424"), new(Hostile, Hostile)]), new("claim", StageState.Quarantined, null, null, [new("reason", Hostile)])]);
        return Rendered.Of<EventPage>(("Frame", Frame(words)), ("Trail", trail), ("Raw", raw ?? new RawRequest(Hostile, Hostile, 424, Cut: true)));
    }

    public static Task<Rendered> Reports(IReadOnlyList<ReportRun> runs, Words? words = null) => Rendered.Of<ReportsPage>(
        ("Frame", Frame(words)), ("Reports", (IReadOnlyList<(ReportDefinition, IReadOnlyList<ReportRun>)>)[(ReportDefinition.DailyCommunication, runs)]));

    public static Task<Rendered> Problem(int status = 403, Words? words = null) => Rendered.Of<ProblemPage>(
        ("Frame", Frame(words)), ("Problem", new Problem(status, "/problems/x", "x", "x") { TraceId = "53ca492db67b339e7affd1d1b3a45261", Errors = [FieldError.In("cursor", Hostile)] }));

    /// <summary>Every page, full and empty.</summary>
    public static async Task<IReadOnlyList<(string Name, Rendered Page)>> All(Words? words = null) =>
    [
        ("sign-in", await SignIn(words)),
        ("customers", await Customers([Customer], "next", words)),
        ("no customers", await Customers([], words: words)),
        ("customer", await OneCustomer([Item(Insight), Item(null)], "next", words)),
        ("customer without a timeline", await OneCustomer([], words: words)),
        ("event", await Event(words: words)),
        ("reports", await Reports([Run, Run], words)),
        ("no reports", await Reports([], words)),
        ("problem", await Problem(words: words)),
    ];
}
