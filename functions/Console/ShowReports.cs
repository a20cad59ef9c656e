using Crm.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

public sealed class ShowReports(Pages pages, ReportRuns runs)
{
    private const int Shown = 60;

    [Function("ShowReports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/reports")] HttpRequest request,
        CancellationToken token)
    {
        var reports = new List<(ReportDefinition, IReadOnlyList<ReportRun>)>();
        foreach (var definition in ReportDefinition.All) reports.Add((definition, (await runs.Page(definition.Name, Shown, null, token)).Runs));
        return pages.Show<ReportsPage>(request.HttpContext, "reports", new() { ["Reports"] = reports });
    }
}
