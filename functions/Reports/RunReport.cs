using System.Text.Json.Serialization;
using Crm.Kernel;
using Crm.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Reports;

/// <summary>Makes a report for a day now. Unchanged figures leave the run as it is.</summary>
public sealed class RunReport(DailyCommunicationReport report, Company company, TimeProvider clock)
{
    [Function("RunReport")]
    [OpenApiOperation("runReport", "reports")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/reports/{name}/runs")] HttpRequest request,
        string name,
        CancellationToken token)
    {
        if (ReportDefinition.Named(name) is null) return Answer.Problem(Problems.NotFound("There is no such report."));
        var read = await JsonBody.Read(request, ReportsJson.Crm.NewRun, token);
        return await read.Match(async body =>
        {
            var today = company.DayOf(clock.GetUtcNow());
            if (body.Day is not { } day || day > today || day < today.AddYears(-10))
                return Answer.Problem(Problems.Invalid(FieldError.At("/day", $"expected a day from ten years ago to today, {today:yyyy-MM-dd}")));
            var run = await report.Make(day, token);
            return Answer.Json(ReportRunView.Of(run), ReportsJson.Crm.ReportRunView);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NewRun(DateOnly? Day = null);
