using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Reports;

/// <summary>Every report there is, with its newest run.</summary>
public sealed class ListReports(ReportRuns runs)
{
    [Function("ListReports")]
    [OpenApiOperation("listReports", "reports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/reports")] HttpRequest request,
        CancellationToken token)
    {
        var items = new List<ReportView>();
        foreach (var definition in ReportDefinition.All)
        {
            var (latest, _) = await runs.Page(definition.Name, 1, null, token);
            items.Add(new ReportView(definition.Name, definition.Title, definition.Every, latest.Count == 0 ? null : ReportRunView.Of(latest[0])));
        }
        return Answer.Json(new ReportList(items), ReportsJson.Crm.ReportList);
    }
}

public sealed record ReportList(IReadOnlyList<ReportView> Items);

public sealed record ReportView(string Name, string Title, string Every, ReportRunView? Latest);
