using System.Text.Json;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>Keeps the search of customers at what their profiles say.</summary>
public sealed class KeepSearch(ISearch search) : IFollowsCustomers
{
    public const string Scope = "customers";

    public async Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        var entries = new List<SearchEntry>();
        foreach (var change in changes)
        {
            if (change.TryGetProperty("deleted", out _) || IsOf(change, Customer.DeletedKindName)) await Remove(change, token);
            else if (IsOf(change, Customer.KindName)) entries.Add(EntryOf(change.Deserialize(ModelJson.Crm.Customer)!));
        }
        await search.Keep(entries, token);
    }

    /// <summary>By what a customer is found.</summary>
    public static SearchEntry EntryOf(Customer customer) => new(Scope, customer.Id, customer.ChangedAt,
    [
        .. customer.Name is { } name ? [new SearchText(SearchField.Name, name)] : Array.Empty<SearchText>(),
        .. customer.Emails.Select(e => new SearchText(SearchField.Email, e)),
        .. customer.Phones.Select(p => new SearchText(SearchField.Phone, p)),
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
