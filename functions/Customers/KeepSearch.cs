using System.Text.Json;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>Keeps the search of customers at what their profiles say.</summary>
public sealed class KeepSearch(ISearch search, IDocuments documents) : IFollowsCustomers
{
    public const string Scope = "customers";

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
                entries.Add(EntryOf(customer, company?.Value.Name));
            }
        }
        await search.Keep(entries, token);
    }

    /// <summary>By what a customer is found.</summary>
    /// <param name="company">The name of the company they work for.</param>
    public static SearchEntry EntryOf(Customer customer, string? company = null) => new(Scope, customer.Id, customer.ChangedAt,
    [
        .. customer.Name is { } name ? [new SearchText(SearchField.Name, name)] : Array.Empty<SearchText>(),
        .. customer.Emails.Select(e => new SearchText(SearchField.Email, e)),
        .. customer.Phones.Select(p => new SearchText(SearchField.Phone, p)),
        .. customer.Notes is { } notes ? [new SearchText(SearchField.Notes, notes)] : Array.Empty<SearchText>(),
        .. company is null ? Array.Empty<SearchText>() : [new SearchText(SearchField.Company, company)],
    ]);

    private async Task Remove(JsonElement tombstone, CancellationToken token)
    {
        // A profile has its customer's id; the other documents of the partition have not.
        var id = tombstone.GetProperty("id").GetString()!;
        if (id == tombstone.GetProperty("customerId").GetString()) await search.Remove(Scope, id, token);
    }

    private static bool IsOf(JsonElement change, string name) =>
        change.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && kind.ValueEquals(name);
}
