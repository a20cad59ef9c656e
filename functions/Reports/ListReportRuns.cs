using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Reports;

/// <summary>The runs of one report, newest day first.</summary>
public sealed class ListReportRuns(ReportRuns runs)
{
    [Function("ListReportRuns")]
    [OpenApiOperation("listReportRuns", "reports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/reports/{name}/runs")] HttpRequest request,
        string name,
        CancellationToken token) =>
        ReportDefinition.Named(name) is null
            ? Answer.Problem(Problems.NotFound("There is no such report."))
            : await ListRequest.Read(request).Match(async list =>
            {
                var (items, continuation) = await runs.Page(name, list.Limit, list.Position, token);
                return Answer.Json(new ReportRunPage([.. items.Select(ReportRunView.Of)], list.Next(continuation)), ReportsJson.Crm.ReportRunPage);
            }, problem => Task.FromResult(Answer.Problem(problem)));
}

public sealed record ReportRunPage(IReadOnlyList<ReportRunView> Items, string? NextCursor);

/// <summary>A run with the addresses of its files.</summary>
public sealed record ReportRunView(
    string Report, DateOnly Day, string TimeZone, int Revision, string Reason, DateTimeOffset? Watermark, int DefinitionVersion, int Rows, DateTimeOffset CreatedAt,
    IReadOnlyList<ReportFileView> Files, IReadOnlyList<ReportRevision> Earlier)
{
    public static ReportRunView Of(ReportRun run) => new(
        run.Report, run.Day, run.TimeZone, run.Revision, run.Reason, run.Watermark, run.DefinitionVersion, run.Rows, run.CreatedAt,
        [.. run.Files.Select(f => new ReportFileView(f.Name, $"/api/reports/{run.Report}/runs/{run.Id}/{f.Name}", f.ContentType, f.Bytes, f.Sha256))], run.Earlier);
}

public sealed record ReportFileView(string Name, string Url, string ContentType, long Bytes, string Sha256);
