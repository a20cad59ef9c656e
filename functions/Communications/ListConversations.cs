using System.Text.Json;
using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Communications;

/// <summary>
/// Conversations by their last message. <c>status=open</c> reads the short list of those where a customer waits, <c>customerId</c> the
/// customer's own.
/// </summary>
public sealed class ListConversations(IDocuments documents, ConversationLists lists)
{
    private static readonly ListShape Shape = ListShape.Of(CommunicationsJson.Crm.Conversation, ["-lastAt"], "customerId", "status", "channel", "assignee");

    [Function("ListConversations")]
    [OpenApiOperation("listConversations", "conversations")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/conversations")] HttpRequest request,
        CancellationToken token) =>
        await ListRequest.Read(request, Shape).Match(
            list => ConversationFilter.Read(list).Match(
                async filter =>
                {
                    var (items, next) = filter.CustomerId is null ? await Page(list, filter, token) : await PageOfCustomer(list, filter, token);
                    return Answer.Page(items, list.Next(next), CommunicationsJson.Crm.Conversation, list);
                },
                problem => Task.FromResult(Answer.Problem(problem))),
            problem => Task.FromResult(Answer.Problem(problem)));

    private async Task<(IReadOnlyList<Conversation>, string?)> Page(ListRequest list, ConversationFilter filter, CancellationToken token)
    {
        var view = filter.Status == ConversationStatus.Open ? lists.Open : lists.All;
        var page = await view.Read("byChanged", list.Sort!.Descending, null, null, list.Limit, list.Position, filter.IsEmpty ? null : item => filter.Holds(Listed(item)), token);
        return ([.. page.Items.Select(Listed)], page.Next);
    }

    private async Task<(IReadOnlyList<Conversation>, string?)> PageOfCustomer(ListRequest list, ConversationFilter filter, CancellationToken token)
    {
        var page = await documents.Query(new DocumentQuery(Containers.Customers, filter.CustomerId, [], "conversationAt", list.Sort!.Descending, list.Limit, list.Position), token);
        return ([.. page.Documents.Select(d => d.As(CommunicationsJson.Crm.Conversation).Value).Where(filter.Holds)], page.Continuation);
    }

    private static Conversation Listed(JsonElement item) => item.Deserialize(CommunicationsJson.Crm.Conversation)!;
}
