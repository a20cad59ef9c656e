using Crm.Kernel;
using Crm.Ports;
using Microsoft.AspNetCore.Http;

namespace Crm.Resources;

/// <summary>
/// A noun of which a company has hundreds: every document lies in the one catalogue partition of its kind, so that a list is one
/// query there. The document has <c>id</c>, <c>kind</c>, <c>sortAt</c> (its creation) and, where names sort, <c>sortName</c>.
/// </summary>
public abstract class CatalogResource<T, TFields>(IDocuments documents, TimeProvider clock) : Resource<T, TFields>(documents, clock)
    where T : class
    where TFields : class
{
    protected abstract string Kind { get; }

    /// <summary>Filters, sorts and fields; the sorts are <c>createdAt</c> and, where documents have a <c>sortName</c>, <c>name</c>.</summary>
    public abstract ListShape Shape { get; }

    protected override ValueTask<DocumentKey?> KeyOf(string id, CancellationToken token) =>
        ValueTask.FromResult<DocumentKey?>(DocumentKeys.IsId(id) ? new DocumentKey(Containers.Catalog, Kind, id) : null);

    /// <summary>What a filter asks of the documents; the default is equality of texts.</summary>
    protected virtual Outcome<Condition> Where(string filter, string value) => new Condition.Equal(filter, value);

    /// <summary>GET of the list.</summary>
    public async Task<IResult> List(HttpRequest request, CancellationToken token)
    {
        var read = ListRequest.Read(request, Shape);
        return await read.Match(async list =>
        {
            var page = await Page(list, token);
            return page.Match(p => Answer.Page(p.Items, p.NextCursor, Type, list), Answer.Problem);
        }, problem => Task.FromResult(Answer.Problem(problem)));
    }

    /// <summary>The page that the request asks for.</summary>
    public async Task<Outcome<(IReadOnlyList<T> Items, string? NextCursor)>> Page(ListRequest list, CancellationToken token)
    {
        var where = new List<Condition>();
        foreach (var (filter, value) in list.Filters)
        {
            switch (Where(filter, value))
            {
                case Outcome<Condition>.Done done: where.Add(done.Value); break;
                case Outcome<Condition>.Refused refused: return refused.Problem;
            }
        }
        var order = list.Sort is { Field: "name" } ? "sortName" : "sortAt";
        var page = await Documents.Query(
            new DocumentQuery(Containers.Catalog, Kind, where, order, list.Sort?.Descending ?? true, list.Limit, list.Position), token);
        return (page.Documents.Select(d => d.As(Type).Value).ToList(), list.Next(page.Continuation));
    }
}
