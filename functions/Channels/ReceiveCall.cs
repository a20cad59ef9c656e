using Crm.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Channels;

/// <summary>The tracking API at its usual address: the write key names the connection.</summary>
public sealed class ReceiveCall(TakeInRequest takeIn)
{
    [Function("ReceiveCall")]
    [OpenApiOperation("receiveCall", "connections")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/{call}")] HttpRequest request,
        string call,
        CancellationToken token) =>
        SegmentCalls.WriteKey(request.Headers.Authorization) is { } key
            ? takeIn.Receive(request, key.Connection, call, "segment", token)
            : Task.FromResult(Answer.Problem(Problems.NotFound("There is no such connection: expected Basic and base64 of a write key and a colon in Authorization.")));
}
