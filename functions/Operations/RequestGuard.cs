using System.Security.Claims;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crm.Operations;

/// <summary>Stands before every HTTP function in both hosts: security headers, the caller and how much it may ask, a POST that is repeated, and
/// no exception that escapes.</summary>
public sealed partial class RequestGuard(CallerGate gate, RateLimits rates, IdempotencyKeys idempotency, IProblemPages pages, ILogger<RequestGuard> logger)
{
    public async Task Run(HttpContext http, string function, Func<Task> next)
    {
        SetHeaders(http);
        try
        {
            if (await gate.Check(http, function, http.RequestAborted) is { } problem) await Refuse(http, problem);
            else if (http.User.FindFirst(ClaimTypes.NameIdentifier)?.Value is not { } caller) await next();
            else if (rates.Count(http, caller) is { } exceeded) await Refuse(http, exceeded);
            else await idempotency.Run(http, caller, next);
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
            await Say(http, ProblemOf(e));
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
    public async Task Refuse(HttpContext http, Problem problem)
    {
        SetHeaders(http);
        var page = http.Request.Path.StartsWithSegments("/console", StringComparison.Ordinal);
        var reads = HttpMethods.IsGet(http.Request.Method);
        if (!page || problem.Status != StatusCodes.Status401Unauthorized || !(reads || pages.AreFor(http)))
        {
            await Say(http, problem);
            return;
        }
        // What was posted is not posted again.
        var back = reads ? http.Request.Path + http.Request.QueryString : "/console";
        http.Response.Redirect($"/console/sign-in?returnTo={Uri.EscapeDataString(back)}");
    }

    private async Task Say(HttpContext http, Problem problem)
    {
        if (pages.AreFor(http))
        {
            try
            {
                await pages.Write(http, problem);
                return;
            }
            catch (Exception e) when (!http.Response.HasStarted)
            {
                Log.PageFailed(logger, Answer.TraceId(http), e);
                http.Response.Clear();
                SetHeaders(http);
            }
        }
        await Answer.Write(http, problem);
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

        [LoggerMessage(2, LogLevel.Error, "The page that tells of a problem failed itself; trace {TraceId}")]
        public static partial void PageFailed(ILogger logger, string traceId, Exception error);
    }
}
