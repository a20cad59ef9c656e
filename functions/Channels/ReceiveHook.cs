using System.Text;
using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Channels;

/// <summary>The address that a provider posts to: verify the raw bytes, write one receipt, answer. All else follows from the feed.</summary>
public sealed class ReceiveHook(OpenConnections connections, ChannelsByProvider channels, Receipts receipts, TimeProvider clock)
{
    [Function("ReceiveHook")]
    [OpenApiOperation("receiveHook", "connections")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hooks/{connection}")] HttpRequest request,
        string connection,
        CancellationToken token)
    {
        var open = await connections.Find(connection, token);
        if (open is null || channels.Find(open.Connection.Provider) is not { } channel)
            return Answer.Problem(Problems.NotFound("There is no such connection."));

        var read = await RequestBody.Read(request, channel.BodyLimit, token);
        if (read is Outcome<RequestBody>.Refused refused) return Answer.Problem(refused.Problem);
        using var body = ((Outcome<RequestBody>.Done)read).Value;

        var now = clock.GetUtcNow();
        var verification = channel.Verify(new HookRequest(request.Headers, body.Bytes), open.Keys, now);
        if (verification is not Verification.Signed signed)
        {
            return Answer.Problem(verification.Match(
                _ => throw new InvalidOperationException(),
                no => NotAuthentic(no),
                () => Problems.Unavailable(TimeSpan.FromMinutes(1)) with { Detail = "This connection has no usable secret at the moment. Nothing was written." }));
        }

        var id = await receipts.Write(open.Connection, channel, request, body.Bytes, signed, now, token);
        return new Accepted(id);
    }

    private static Problem NotAuthentic(Verification.Refused no) =>
        new(401, "/problems/not-authentic", "The request is not authentic.", "It was not kept. See errors for the header at fault.")
        { Errors = [FieldError.Of(no.Header, no.Expected)] };

    private sealed class Accepted(string id) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var body = $$"""{"receiptId":"{{id}}"}""";
            httpContext.Response.StatusCode = StatusCodes.Status202Accepted;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            httpContext.Response.ContentLength = body.Length;
            return httpContext.Response.WriteAsync(body, Encoding.ASCII, httpContext.RequestAborted);
        }
    }
}
