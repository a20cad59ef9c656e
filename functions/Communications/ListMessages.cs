using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Communications;

/// <summary>A conversation's messages and notes in the order of their times; what arrives meanwhile moves nothing.</summary>
public sealed class ListMessages(IDocuments documents, ConversationResource conversations)
{
    private static readonly ListShape Shape = ListShape.Of(CommunicationsJson.Crm.Message, ["at"]);

    [Function("ListMessages")]
    [OpenApiOperation("listMessages", "conversations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/conversations/{id}/messages")] HttpRequest request,
        string id,
        CancellationToken token) =>
        await ListRequest.Read(request, Shape).Match(
            async list =>
            {
                if (await conversations.Find(id, token) is not { } conversation) return Answer.Problem(Problems.NotFound("There is no such conversation."));
                var page = await documents.Query(
                    new DocumentQuery(Containers.Customers, conversation.Value.CustomerId, [new Condition.Prefix("threadAt", Message.ThreadPrefix(conversation.Value.Id))], "threadAt", list.Sort!.Descending, list.Limit, list.Position), token);
                return Answer.Page(page.Documents.Select(d => d.As(CommunicationsJson.Crm.Message).Value).ToList(), list.Next(page.Continuation), CommunicationsJson.Crm.Message, list);
            },
            problem => Task.FromResult(Answer.Problem(problem)));
}
