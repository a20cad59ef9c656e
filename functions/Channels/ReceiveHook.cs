using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Channels;

/// <summary>The address that a provider posts to.</summary>
public sealed class ReceiveHook(TakeInRequest takeIn)
{
    [Function("ReceiveHook")]
    [OpenApiOperation("receiveHook", "connections")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/hooks/{connection}")] HttpRequest request,
        string connection,
        CancellationToken token) =>
        takeIn.Receive(request, connection, call: null, provider: null, token);

    /// <summary>What a sender asks before it sends.</summary>
    [Function("ConsentToHook")]
    [OpenApiOperation("consentToHook", "connections")]
    public Task<IResult> Consent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "options", Route = "api/hooks/{connection}")] HttpRequest request,
        string connection,
        CancellationToken token) =>
        takeIn.Receive(request, connection, call: null, provider: null, token);
}
