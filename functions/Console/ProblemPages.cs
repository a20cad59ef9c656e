using Crm.Kernel;
using Crm.Operations;
using Microsoft.AspNetCore.Http;

namespace Crm.Console;

/// <summary>The refusals of the request guard, as pages.</summary>
public sealed class ProblemPages(Pages pages) : IProblemPages
{
    public bool AreFor(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/console", StringComparison.Ordinal)
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public Task Write(HttpContext http, Problem problem) => pages.Problem(http, problem).ExecuteAsync(http);
}
