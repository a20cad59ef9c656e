using System.Globalization;
using Crm.Model;

namespace Crm.Reports;

/// <summary>The end of an event's trail: the report row that counts it.</summary>
public sealed class TellOfReportRow(ReportRuns runs, Company company) : ITellsOfEvents
{
    public int Order => 3;

    public async Task Tell(EventTrail trail, CancellationToken token)
    {
        if (trail.Stages.Count == 0 || trail.Stages.Exists(s => s.State == StageState.Quarantined)) return;
        if (trail.Activity is not { } activity)
        {
            trail.Stages.Add(new TrailStage("report", StageState.Waiting, null, null, []));
            return;
        }
        var day = company.DayOf(activity.OccurredAt);
        var run = await runs.Find(ReportDefinition.DailyCommunication.Name, day, token);
        var included = run?.Value.Watermark >= activity.ReceivedAt;
        trail.Stages.Add(new TrailStage(
            "report",
            included ? StageState.Done : StageState.Waiting,
            included ? run!.Value.CreatedAt : null,
            included ? $"revision {run!.Value.Revision.ToString(CultureInfo.InvariantCulture)}" : null,
            [
                new("report", ReportDefinition.DailyCommunication.Name),
                new("day", ReportRun.IdOf(day)),
                new("row", $"{Name(activity.Channel)} / {Name(activity.Direction)}"),
                .. included ? [new TrailFact("url", $"/api/reports/{run!.Value.Report}/runs/{run.Value.Id}/report.html")] : Array.Empty<TrailFact>(),
            ]));
    }

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
