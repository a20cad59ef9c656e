using System.Globalization;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Reports;

/// <summary>One file of a run, in its newest revision.</summary>
public sealed class GetReportFile(ReportRuns runs, IBlobs blobs)
{
    [Function("GetReportFile")]
    [OpenApiOperation("getReportFile", "reports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/reports/{name}/runs/{day}/{file}")] HttpRequest request,
        string name,
        string day,
        string file,
        CancellationToken token) =>
        await Find(request.HttpContext, name, day, file, token) ?? Answer.Problem(Problems.NotFound("There is no such report file."));

    /// <summary>Null when there is no such file.</summary>
    public async Task<IResult?> Find(HttpContext http, string name, string day, string file, CancellationToken token)
    {
        if (ReportDefinition.Named(name) is null
            || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || await runs.Find(name, date, token) is not { } run
            || run.Value.Files.FirstOrDefault(f => f.Name == file) is not { } found
            || await blobs.Open(found.Blob, token) is not { } blob)
        {
            return null;
        }
        // A report stands alone and brings its own styles; nothing else may load or run.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox";
        return Answer.Stream(blob.Content, found.ContentType, found.Sha256, blob.Properties.Length);
    }
}
