using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>Customers by an id that came from outside.</summary>
public static class CustomerIds
{
    /// <summary>Null for an id that none of ours can be, for one that is nobody's, and for a deleted customer's.</summary>
    public static async ValueTask<Stored<Customer>?> Find(IDocuments documents, string id, CancellationToken token) =>
        await FindAny(documents, id, token) is { Value.DeletedAt: null } found ? found : null;

    /// <summary>Deleted ones too.</summary>
    public static async ValueTask<Stored<Customer>?> FindAny(IDocuments documents, string id, CancellationToken token) =>
        // Companies have ids of the same form.
        Ids.TimeOf(id) is not null && await documents.Get(CustomerDirectory.KeyOf(id), token) is { } stored && stored.IsOf(Customer.KindName, Customer.DeletedKindName)
            ? stored.As(ModelJson.Crm.Customer)
            : null;
}
