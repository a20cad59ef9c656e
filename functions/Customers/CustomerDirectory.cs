using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>
/// Binds identities to customers: the insert of the identity decides, and the customer's own document follows. Whoever finds an
/// identity without its customer (a crash in between) writes the customer.
/// </summary>
public sealed class CustomerDirectory(IDocuments documents, BlockedIdentities blocked, TimeProvider clock) : ICustomerDirectory
{
    public static DocumentKey KeyOf(Identity identity) => new(Containers.Identities, identity.DocumentId, identity.DocumentId);

    public static DocumentKey KeyOf(string customerId) => new(Containers.Customers, customerId, customerId);

    public async ValueTask<string> CustomerOf(Identity identity, string? name, string source, DateTimeOffset seenAt, CancellationToken token)
    {
        var shown = identity;
        // Many share it: within one connection it is somebody, beyond it nobody.
        if (blocked.Holds(identity)) identity = Identity.External(source, $"{identity.Type}:{identity.Value}") ?? identity;
        while (true)
        {
            var binding = await Bind(identity, new IdentityBinding(identity.DocumentId, Ids.New(clock), shown.Type, shown.Value, name, source, seenAt) { Address = shown.Address }, token);
            var key = KeyOf(binding.CustomerId);
            switch (await documents.Get(key, ModelJson.Crm.Customer, token))
            {
                case null:
                    await documents.Put(key, FirstSeen(binding), ModelJson.Crm.Customer, token, Precondition.Absent);
                    return binding.CustomerId;
                case { Value.DeletedAt: null }:
                    return binding.CustomerId;
                default:
                    // The deletion was cut short, or is under way: the address is free.
                    await Release(identity, binding.CustomerId, token);
                    break;
            }
        }
    }

    /// <summary>Frees the address, if it is still this customer's.</summary>
    public async ValueTask Release(Identity identity, string customerId, CancellationToken token)
    {
        if (await documents.Get(KeyOf(identity), CustomersJson.Crm.IdentityBinding, token) is { } held && held.Value.CustomerId == customerId)
            await documents.Delete(KeyOf(identity), Precondition.Match(held.ETag), token);
    }

    /// <summary>The customer whose address this is, if any.</summary>
    public async ValueTask<Stored<Customer>?> Find(Identity identity, CancellationToken token) =>
        await documents.Get(KeyOf(identity), CustomersJson.Crm.IdentityBinding, token) is { } binding
            ? await CustomerIds.Find(documents, binding.Value.CustomerId, token)
            : null;

    /// <summary>The binding that holds: the given one, or an earlier one.</summary>
    public async ValueTask<IdentityBinding> Bind(Identity identity, IdentityBinding wanted, CancellationToken token)
    {
        var key = KeyOf(identity);
        while (true)
        {
            if (await documents.Get(key, CustomersJson.Crm.IdentityBinding, token) is { } existing) return existing.Value;
            if (await documents.Put(key, wanted, CustomersJson.Crm.IdentityBinding, token, Precondition.Absent) is WriteOutcome.Written) return wanted;
        }
    }

    /// <summary>The same, for one that is most likely nobody's yet.</summary>
    public async ValueTask<IdentityBinding> Claim(Identity identity, IdentityBinding wanted, CancellationToken token) =>
        await documents.Put(KeyOf(identity), wanted, CustomersJson.Crm.IdentityBinding, token, Precondition.Absent) is WriteOutcome.Written
            ? wanted
            : await Bind(identity, wanted, token);

    private static Customer FirstSeen(IdentityBinding binding) => new()
    {
        Id = binding.CustomerId,
        CustomerId = binding.CustomerId,
        Name = binding.Name,
        Emails = binding.Type == "email" ? [binding.Address ?? binding.Value] : [],
        Phones = binding.Type == "phone" ? [binding.Value] : [],
        Handles = binding.Type == "external" ? [binding.Value] : [],
        ExternalId = binding.Type == "own" ? binding.Value : null,
        CreatedAt = binding.SeenAt,
        ChangedAt = binding.SeenAt,
        Source = binding.Source,
    };
}

/// <summary>One identity and the customer it was bound to, with what is needed to write that customer.</summary>
public sealed record IdentityBinding(string Id, string CustomerId, string Type, string Value, string? Name, string Source, DateTimeOffset SeenAt)
{
    /// <summary>What to write to, where it is not the value.</summary>
    public string? Address { get; init; }
}
