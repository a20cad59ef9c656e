using Crm.Model;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Reports;

/// <summary>
/// Ticks in UTC and decides in the company's zone what is due: yesterday's report, those missed meanwhile, and once a day a new
/// revision where late data changed a day.
/// </summary>
public sealed class EveryQuarterHour(DailyCommunicationReport report, ReportRuns runs, Company company, TimeProvider clock)
{
    [Function("EveryQuarterHour")]
    public async Task Run([TimerTrigger("%ReportTick%")] TimerInfo timer, CancellationToken token)
    {
        var today = company.DayOf(clock.GetUtcNow());
        var made = new HashSet<DateOnly>();
        for (var day = today.AddDays(-DueReports.LookBackDays); day < today; day = day.AddDays(1))
        {
            if (await runs.Find(ReportDefinition.DailyCommunication.Name, day, token) is not null) made.Add(day);
        }
        foreach (var day in DueReports.At(clock.GetUtcNow(), company, made))
        {
            // A day before the company's first report is worth one only if something happened.
            if (made.Any(earlier => earlier < day) || await report.HasData(day, token)) await report.Make(day, token);
        }
    }
}
