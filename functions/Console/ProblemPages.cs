using Crm.Kernel;
using Crm.Operations;
using Microsoft.AspNetCore.Http;

namespace Crm.Console;

/// <summary>The refusals of the request guard, as pages.</summary>
public sealed class ProblemPages(Pages pages) : IProblemPages
{
    public Task Write(HttpContext http, Problem problem) => pages.Problem(http, problem).ExecuteAsync(http);
}
