using Microsoft.AspNetCore.Http;

namespace Crm.EmbeddedHost;

/// <summary>Why a request reached no function. The status and, for 405, <c>Allow</c> are on the response already.</summary>
/// <param name="Status">400, 404 or 405.</param>
/// <param name="Parameter">For 400: the route or query value that cannot be read.</param>
public sealed record RefusedRequest(int Status, string? Parameter = null)
{
    /// <summary>RFC 9457 with status and title; for 400 the parameter's name in the detail.</summary>
    public static Task WriteProblemJson(HttpContext context, RefusedRequest refused) =>
        TypedResults.Problem(
            statusCode: refused.Status,
            detail: refused.Parameter is null ? null : $"The value of '{refused.Parameter}' cannot be read.").ExecuteAsync(context);

    internal Task Answer(HttpContext context, FunctionsOptions options)
    {
        context.Response.StatusCode = Status;
        return options.WriteProblem(context, this);
    }
}
