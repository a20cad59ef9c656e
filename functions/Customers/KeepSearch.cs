using System.Text.Json;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>Keeps the search of customers at what their profiles and the names of their companies say.</summary>
/// <remarks>Told after <see cref="CustomerLists"/>: whoever is not yet in a company's list when it is renamed then reads the new name.</remarks>
public sealed class KeepSearch(ISearch search, IDocuments documents, CustomerLists lists) : IFollowsCustomers
{
    public const string Scope = "customers";

    private const int AtOnce = 100;

    public async Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        var entries = new List<SearchEntry>();
        foreach (var change in changes)
        {
            if (change.TryGetProperty("deleted", out _) || IsOf(change, Customer.DeletedKindName)) await Remove(change, token);
            else if (IsOf(change, Customer.KindName))
            {
                var customer = change.Deserialize(ModelJson.Crm.Customer)!;
                var company = customer.CompanyId is { } id ? await ClientCompany.Find(documents, id, token) : null;
                entries.Add(EntryOf(customer, company?.Value));
            }
            else if (IsOf(change, ClientCompany.KindName)) await KeepPeopleOf(change.Deserialize(CustomersJson.Crm.ClientCompany)!, token);
        }
        await search.Keep(entries, token);
    }

    /// <summary>By what a customer is found.</summary>
    /// <param name="company">The one they work for.</param>
    public static SearchEntry EntryOf(Customer customer, ClientCompany? company = null) => new(Scope, customer.Id, company?.ChangedAt > customer.ChangedAt ? company.ChangedAt : customer.ChangedAt,
    [
        .. customer.Name is { } name ? [new SearchText(SearchField.Name, name)] : Array.Empty<SearchText>(),
        .. customer.Emails.Select(e => new SearchText(SearchField.Email, e)),
        .. customer.Phones.Select(p => new SearchText(SearchField.Phone, p)),
        .. customer.Notes is { } notes ? [new SearchText(SearchField.Notes, notes)] : Array.Empty<SearchText>(),
        .. company is null ? Array.Empty<SearchText>() : [new SearchText(SearchField.Company, company.Name)],
        .. customer.ExternalId is { } key ? [new SearchText(SearchField.Key, key)] : Array.Empty<SearchText>(),
        .. customer.Handles.Select(h => new SearchText(SearchField.Key, h[(h.IndexOf(':', StringComparison.Ordinal) + 1)..])),
    ]);

    private async Task KeepPeopleOf(ClientCompany company, CancellationToken token)
    {
        string? after = null;
        do
        {
            var page = await lists.Of(CustomerFacet.Company(company.Id)).Read("byCreated", false, null, null, AtOnce, after, null, token);
            var read = await Task.WhenAll(page.Items.Select(i => CustomerIds.Find(documents, i.GetProperty("id").GetString()!, token).AsTask()));
            await search.Keep([.. read.OfType<Stored<Customer>>().Where(c => c.Value.CompanyId == company.Id).Select(c => EntryOf(c.Value, company))], token);
            after = page.Next;
        }
        while (after is not null);
    }

    private async Task Remove(JsonElement tombstone, CancellationToken token)
    {
        // A profile has its customer's id; the other documents of the partition have not.
        var id = tombstone.GetProperty("id").GetString()!;
        if (id == tombstone.GetProperty("customerId").GetString()) await search.Remove(Scope, id, token);
    }

    private static bool IsOf(JsonElement change, string name) =>
        change.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && kind.ValueEquals(name);
}
