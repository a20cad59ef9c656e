using Crm.Ports;
using Crm.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Crm.Console;

/// <summary>A report's file where a signed-in browser may read it.</summary>
public sealed class ShowReportFile(Pages pages, ReportRuns runs, IBlobs blobs)
{
    [Function("ShowReportFile")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "console/reports/{name}/{day}/{file}")] HttpRequest request,
        string name,
        string day,
        string file,
        CancellationToken token) =>
        await new GetReportFile(runs, blobs).Find(request.HttpContext, name, day, file, token) ?? pages.Missing(request.HttpContext);
}
