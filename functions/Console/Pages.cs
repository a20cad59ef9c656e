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
        where TPage : IComponent
    {
        parameters["Frame"] = PageFrame.Of(http, company, antiforgery, section);
        return new Rendered(new RazorComponentResult<TPage>(parameters) { StatusCode = status, PreventStreamingRendering = true });
    }

    public IResult Missing(HttpContext http) => Show<MissingPage>(http, null, [], StatusCodes.Status404NotFound);

    private sealed class Rendered(IResult page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => page.ExecuteAsync(httpContext);
    }
}
