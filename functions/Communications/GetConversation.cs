using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Communications;

/// <summary>One conversation; one that was merged answers as what it has become part of.</summary>
public sealed class GetConversation(ConversationResource conversations)
{
    [Function("GetConversation")]
    [OpenApiOperation("getConversation", "conversations")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/conversations/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        conversations.Get(id, token);
}
