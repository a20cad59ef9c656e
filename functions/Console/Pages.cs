using System.Globalization;
using Crm.Kernel;
using Crm.Model;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crm.Console;

/// <summary>Renders a page. The result has no public properties, so that both hosts send it alike.</summary>
public sealed class Pages(Company company, IAntiforgery antiforgery)
{
    public IResult Show<TPage>(HttpContext http, string? section, Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        Render<TPage>(PageFrame.Of(http, company, antiforgery, section), parameters, status);

    public IResult Missing(HttpContext http) => Problem(http, Problems.NotFound("There is no such page."));

    /// <summary>The problem in a person's words, with the trace id that finds it in the logs.</summary>
    public IResult Problem(HttpContext http, Problem problem)
    {
        if (problem.RetryAfter is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var frame = problem.Status < StatusCodes.Status500InternalServerError ? PageFrame.Of(http, company, antiforgery) : PageFrame.Bare(http, company);
        return Render<ProblemPage>(frame, new() { ["Problem"] = problem with { TraceId = Answer.TraceId(http) } }, problem.Status);
    }

    private static Rendered Render<TPage>(PageFrame frame, Dictionary<string, object?> parameters, int status)
        where TPage : IComponent
    {
        parameters["Frame"] = frame;
        return new Rendered(new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true });
    }

    private sealed class Rendered(IResult page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => page.ExecuteAsync(httpContext);
    }
}
