using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Communications;

/// <summary>Status, assignee and subject by a JSON Merge Patch on the version that the caller has read.</summary>
public sealed class ChangeConversation(ConversationResource conversations)
{
    [Function("ChangeConversation")]
    [OpenApiOperation("changeConversation", "conversations")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/conversations/{id}")] HttpRequest request,
        string id,
        CancellationToken token) =>
        conversations.Change(request, id, token);
}
