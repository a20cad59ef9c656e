using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>Makes sure that every address of a customer is that customer's and nobody else's.</summary>
public static class CustomerIdentities
{
    /// <summary>
    /// Binds all identities to one customer, or none. An identity whose customer was never written (a crash in between) lends
    /// its id to a new customer; to one that exists it is refused.
    /// </summary>
    /// <param name="isNew">Whether the customer is yet to be written.</param>
    /// <returns>The customer id to write under, or a 409 that names the address and whose it is.</returns>
    public static async Task<Outcome<string>> Claim(
        IDocuments documents, CustomerDirectory directory, IEnumerable<(Identity Identity, string Pointer)> identities, string customerId, bool isNew, DateTimeOffset now, CancellationToken token)
    {
        var bound = new List<Identity>();
        foreach (var (identity, pointer) in identities)
        {
            var wanted = new IdentityBinding(identity.DocumentId, customerId, identity.Type, identity.Value, null, "api", now) { Address = identity.Address };
            var binding = await directory.Claim(identity, wanted, token);
            if (ReferenceEquals(binding, wanted))
            {
                bound.Add(identity);
                continue;
            }
            if (binding.CustomerId == customerId) continue;
            var owner = await documents.Get(CustomerDirectory.KeyOf(binding.CustomerId), ModelJson.Crm.Customer, token);
            if (owner is { Value.DeletedAt: not null })
            {
                await directory.Release(identity, binding.CustomerId, token);
                if (ReferenceEquals(binding = await directory.Bind(identity, wanted, token), wanted))
                {
                    bound.Add(identity);
                    continue;
                }
                owner = await documents.Get(CustomerDirectory.KeyOf(binding.CustomerId), ModelJson.Crm.Customer, token);
            }
            if (isNew && bound.Count == 0 && owner is null)
            {
                customerId = binding.CustomerId;
                continue;
            }
            await Release(documents, bound, token);
            return Problems.Conflict($"This address belongs to customer {binding.CustomerId}.") with
            {
                Errors = [FieldError.At(pointer, $"expected an address that is not another customer's; see /api/customers/{binding.CustomerId}")],
            };
        }
        return customerId;
    }

    public static async Task Release(IDocuments documents, IEnumerable<Identity> identities, CancellationToken token)
    {
        foreach (var identity in identities) await documents.Delete(CustomerDirectory.KeyOf(identity), default, token);
    }
}
