using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.WebJobs.Extensions.OpenApi.Core.Attributes;

namespace Crm.Channels;

/// <summary>The ways in, newest first, without their secrets.</summary>
public sealed class ListConnections(ChannelsByProvider channels, IDocuments documents)
{
    [Function("ListConnections")]
    [OpenApiOperation("listConnections", "connections")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/connections")] HttpRequest request,
        CancellationToken token)
    {
        var read = ListRequest.Read(request);
        return await read.Match(
            async list =>
            {
                var page = await documents.Query(
                    new DocumentQuery(Containers.Catalog, Connection.KindName, [], "sortAt", Descending: true, list.Limit, list.Position), token);
                var items = page.Documents.Select(d => d.As(ChannelsJson.Crm.Connection).Value).Select(c => ConnectionView.Of(c, request, channels.Find(c.Provider))).ToList();
                return Answer.Json(new ConnectionPage(items, list.Next(page.Continuation)), ChannelsJson.Crm.ConnectionPage);
            },
            problem => Task.FromResult(Answer.Problem(problem)));
    }
}

public sealed record ConnectionPage(IReadOnlyList<ConnectionView> Items, string? NextCursor);
