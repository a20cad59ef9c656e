using System.Globalization;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>The part of the list that <c>q</c> asks for: the best hits first, with the words that matched.</summary>
public sealed class FindCustomers(ISearch search, IDocuments documents)
{
    private const int LastSkip = 10_000;

    public async Task<Outcome<CustomerPage>> Page(string text, ListRequest list, CancellationToken token)
    {
        if (list.Filters.Count > 1) return Problems.Invalid(FieldError.In("q", "expected without other filters"));
        if (SkipOf(list.Position) is not { } skip) return Problems.Invalid(FieldError.In("cursor", "expected the cursor of an earlier page of this same query"));

        var found = await search.Find(new SearchQuery(KeepSearch.Scope, text, list.Limit, skip), token);
        var read = await Task.WhenAll(found.Hits.Select(h => CustomerIds.Find(documents, h.Id, token).AsTask()));
        // Who was deleted a moment ago may still be found.
        var customers = read.OfType<Stored<Customer>>().Select(c => c.Value).ToList();
        var next = found.More ? (skip + found.Hits.Count).ToString(CultureInfo.InvariantCulture) : null;
        return new CustomerPage(customers, list.Next(next))
        {
            Matches = customers.Join(found.Hits, c => c.Id, h => h.Id, (_, h) => h).ToDictionary(h => h.Id, h => h.Matches),
        };
    }

    private static int? SkipOf(string? position) =>
        position is null ? 0 : int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var skip) && skip <= LastSkip ? skip : null;
}
