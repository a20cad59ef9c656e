using Crm.Ports;

namespace Crm.Service;

/// <summary>The entries of a case, in the customer's partition: their ids begin with the case's and count up.</summary>
public static class CaseHistory
{
    public static DocumentQuery Query(Case one, bool descending, int limit, string? position = null) =>
        new(Containers.Customers, one.CustomerId, [new Condition.Range("id", one.Id + ".", one.Id + "/")], "id", descending, limit, position);

    /// <summary>Newest first.</summary>
    public static async ValueTask<IReadOnlyList<CaseEntry>> Latest(IDocuments documents, Case one, int count, CancellationToken token)
    {
        var page = await documents.Query(Query(one, descending: true, count), token);
        return [.. page.Documents.Select(d => d.As(ServiceJson.Crm.CaseEntry).Value)];
    }
}
