using System.Text.Json;
using Crm.Model;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Customers;

/// <summary>
/// Keeps the lists of customers and companies: one of all, and one for each owner, company and tag. The row in the list of all is
/// written last and says which others there are, so that whatever was cut short is made good by the next change.
/// </summary>
public sealed class CustomerLists(IDocuments documents) : IFollowsCustomers
{
    private const int AtOnce = 8;

    public SortedView All { get; } = new(documents, "customers");

    public SortedView Companies { get; } = new(documents, "companies");

    public SortedView Of(string facet) => new(documents, CustomerFacet.ViewOf(facet));

    public async Task<bool> AnyOf(string facet, CancellationToken token) =>
        (await Of(facet).Read("byCreated", false, null, null, 1, null, null, token)).Items.Count > 0;

    public Task Follow(IReadOnlyList<JsonElement> changes, CancellationToken token)
    {
        // A profile has its partition's id; the other documents of the partition have not.
        var profiles = changes.Where(c => c.GetProperty("id").GetString() == c.GetProperty("customerId").GetString());
        return Parallel.ForEachAsync(profiles, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = token }, async (change, cancel) =>
        {
            var id = change.GetProperty("id").GetString()!;
            switch (KindOf(change))
            {
                case Customer.KindName: await Keep(id, ListedCustomer.Of(change.Deserialize(ModelJson.Crm.Customer)!), cancel); break;
                case ClientCompany.KindName: await Keep(change.Deserialize(CustomersJson.Crm.ClientCompany)!, cancel); break;
                case null:
                    await Companies.Remove(id, cancel);
                    await Keep(id, null, cancel);
                    break;
                default: await Keep(id, null, cancel); break;
            }
        });
    }

    private async Task Keep(string id, ListedCustomer? customer, CancellationToken token)
    {
        var before = await All.Find(id, token) is { } row ? row.Deserialize(CustomersJson.Crm.ListedCustomer) : null;
        var item = customer is null ? default : JsonSerializer.SerializeToElement(customer, CustomersJson.Crm.ListedCustomer);
        foreach (var former in (before?.Facets() ?? []).Except(customer?.Facets() ?? [])) await Of(former).Remove(id, token);
        foreach (var facet in customer?.Facets() ?? []) await Of(facet).Put(id, customer!.Keys(), item, token);
        if (customer is null) await All.Remove(id, token);
        else await All.Put(id, customer.Keys(), item, token);
    }

    private Task Keep(ClientCompany company, CancellationToken token)
    {
        var listed = new ListedCustomer(company.Id, ListedCustomer.SortNameOf(company.Name), company.Owner, null, null, company.Tags, company.CreatedAt, company.ChangedAt);
        return Companies.Put(company.Id, listed.Keys(), JsonSerializer.SerializeToElement(listed, CustomersJson.Crm.ListedCustomer), token).AsTask();
    }

    private static string? KindOf(JsonElement change) =>
        !change.TryGetProperty("deleted", out _) && change.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;
}
