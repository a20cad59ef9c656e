using System.Text;
using Crm.Kernel;
using Microsoft.AspNetCore.Http;

namespace Crm.Channels;

/// <summary>What a provider expects to read. Never a page: the browser is told not to guess.</summary>
public sealed class HookAnswer(int status, string? text = null, string contentType = "application/json; charset=utf-8", params (string Name, string Value)[] headers) : IResult
{
    public static HookAnswer Receipt(string receiptId) => new(StatusCodes.Status202Accepted, $$"""{"receiptId":"{{receiptId}}"}""");

    /// <summary>401, or the status by which this provider comes again.</summary>
    public static IResult NotAuthentic(IChannel channel, Verification.Refused no) =>
        Answer.Problem(channel.RefusedStatus == StatusCodes.Status401Unauthorized
            ? new Problem(401, "/problems/not-authentic", "The request is not authentic.", "It was not kept. See errors for the header at fault.") { Errors = [FieldError.Of(no.Header, no.Expected)] }
            : Problems.Unavailable(TimeSpan.FromMinutes(10)) with { Status = channel.RefusedStatus, Detail = "The request is not authentic by the connection's secrets. Nothing was written; try again.", Errors = [FieldError.Of(no.Header, no.Expected)] });

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        foreach (var (name, value) in headers) response.Headers[name] = value;
        if (text is null) return Task.CompletedTask;
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentType = contentType;
        response.ContentLength = Encoding.UTF8.GetByteCount(text);
        return response.WriteAsync(text, Encoding.UTF8, httpContext.RequestAborted);
    }
}
