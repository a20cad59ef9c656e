using Microsoft.AspNetCore.Http;

namespace Crm.EmbeddedHost;

/// <summary>What no endpoint takes: an unknown path (404), a method the path does not serve (405), or OPTIONS (204).</summary>
internal sealed class UnansweredRequests(KnownRoutes known, FunctionsOptions options)
{
    public Task Answer(HttpContext context)
    {
        IReadOnlyList<string> methods = known.Methods(context);
        if (methods.Count == 0) return new RefusedRequest(StatusCodes.Status404NotFound).Answer(context, options);

        context.Response.Headers.Allow = string.Join(", ", methods);
        if (!HttpMethods.IsOptions(context.Request.Method))
            return new RefusedRequest(StatusCodes.Status405MethodNotAllowed).Answer(context, options);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
