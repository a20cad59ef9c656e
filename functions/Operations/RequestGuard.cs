using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crm.Operations;

/// <summary>Stands before every HTTP function in both hosts: security headers, the caller, and no exception that escapes.</summary>
public sealed partial class RequestGuard(CallerGate gate, ILogger<RequestGuard> logger)
{
    public async Task Run(HttpContext http, string function, Func<Task> next)
    {
        SetHeaders(http);
        try
        {
            if (await gate.Check(http, function, http.RequestAborted) is { } problem) await Refuse(http, problem);
            else await next();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
        }
        catch (Exception e)
        {
            if (e is not (StoreUnavailableException or BadHttpRequestException)) Log.Failed(logger, function, Answer.TraceId(http), e);
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }
            http.Response.Clear();
            SetHeaders(http);
            await Answer.Write(http, ProblemOf(e));
        }
    }

    private static Problem ProblemOf(Exception e) => e switch
    {
        StoreUnavailableException unavailable => Problems.Unavailable(unavailable.RetryAfter),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.TooLarge(104_857_600),
        BadHttpRequestException bad => new Problem(bad.StatusCode, "/problems/bad-request", "The request could not be read.", "It broke off or is not HTTP as we understand it."),
        _ => Problems.Internal(),
    };

    /// <summary>A person who is not signed in is shown the way; a program gets the problem.</summary>
    private static Task Refuse(HttpContext http, Problem problem)
    {
        var page = http.Request.Path.StartsWithSegments("/console", StringComparison.Ordinal);
        if (!page || problem.Status != StatusCodes.Status401Unauthorized || !HttpMethods.IsGet(http.Request.Method)) return Answer.Write(http, problem);
        http.Response.Redirect($"/console/sign-in?returnTo={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        return Task.CompletedTask;
    }

    private static void SetHeaders(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        if (http.Request.Path.StartsWithSegments("/console", StringComparison.Ordinal))
        {
            headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
            headers.CacheControl = "no-store";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Function} failed; trace {TraceId}")]
        public static partial void Failed(ILogger logger, string function, string traceId, Exception error);
    }
}
