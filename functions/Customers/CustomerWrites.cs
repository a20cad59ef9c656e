using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>
/// Makes and changes customers: fields in their normal form, every address claimed before the profile says it, and an address that was
/// taken off free for somebody else.
/// </summary>
public sealed class CustomerWrites(IDocuments documents, CustomerDirectory directory, CustomFields custom, BlockedIdentities blocked, Company company, TimeProvider clock)
{
    /// <param name="id">The request's: one that exists is an earlier try of the same.</param>
    /// <param name="source">Where the customer comes from: <c>api</c>, <c>import</c>.</param>
    public async Task<Outcome<Stored<Customer>>> Create(string id, CustomerFields given, string source, CancellationToken token)
    {
        if (await Fault(given, null, token) is { } fault) return fault;
        if (await documents.Get(CustomerDirectory.KeyOf(id), ModelJson.Crm.Customer, token) is { } earlier) return earlier;

        var fields = given.Normal(company.Region);
        var now = clock.GetUtcNow();
        var claimed = await CustomerIdentities.Claim(documents, directory, fields.Claims(blocked), id, isNew: true, now, token);
        if (claimed is Outcome<string>.Refused refused) return refused.Problem;
        id = ((Outcome<string>.Done)claimed).Value;

        var customer = fields.On(new Customer { Id = id, CustomerId = id, CreatedAt = now, ChangedAt = now, Source = source });
        var outcome = await documents.Put(CustomerDirectory.KeyOf(id), customer, ModelJson.Crm.Customer, token, Precondition.Absent);
        return outcome.Match<Outcome<Stored<Customer>>>(
            written => new Stored<Customer>(customer, written.ETag, now),
            Taken, Taken, Taken, _ => Problems.TooLarge(Limits.DocumentBytes));

        static Outcome<Stored<Customer>> Taken() => Problems.Conflict("One of the addresses became somebody else's at this moment. Read and try again.");
    }

    /// <summary>On the version that was read: 412 where it is another by now.</summary>
    public async Task<Outcome<Stored<Customer>>> Change(Stored<Customer> stored, CustomerFields given, CancellationToken token)
    {
        if (await Fault(given, stored.Value, token) is { } fault) return fault;
        var fields = given.Normal(company.Region);
        var id = stored.Value.Id;
        var now = clock.GetUtcNow();
        var kept = CustomerFields.Of(stored.Value).Claims(blocked).Select(i => i.Identity).ToHashSet();
        var added = fields.Claims(blocked).Where(i => !kept.Contains(i.Identity)).ToList();
        if (await CustomerIdentities.Claim(documents, directory, added, id, isNew: false, now, token) is Outcome<string>.Refused refused) return refused.Problem;

        var changed = fields.On(stored.Value) with { ChangedAt = now };
        var outcome = await documents.Put(CustomerDirectory.KeyOf(id), changed, ModelJson.Crm.Customer, token, Precondition.Match(stored.ETag));
        if (outcome is not WriteOutcome.Written written)
        {
            // Whoever was faster may carry the same by now.
            var carried = await CustomerIds.Find(documents, id, token) is { } current ? CustomerFields.Of(current.Value).Claims(blocked).Select(i => i.Identity).ToHashSet() : [];
            foreach (var (identity, _) in added.Where(a => !carried.Contains(a.Identity))) await directory.Release(identity, id, token);
            return outcome is WriteOutcome.TooLarge ? Problems.TooLarge(Limits.DocumentBytes) : Problems.PreconditionFailed();
        }
        // Whoever lost against this change may have released what both claimed.
        await CustomerIdentities.Claim(documents, directory, added, id, isNew: false, now, token);
        foreach (var identity in kept.Except(fields.Claims(blocked).Select(i => i.Identity))) await directory.Release(identity, id, token);
        return new Stored<Customer>(changed, written.ETag, now);
    }

    /// <summary>Out of every list and search, the addresses free. False where it is another version by now.</summary>
    public async Task<bool> Delete(Stored<Customer> stored, CancellationToken token)
    {
        var id = stored.Value.Id;
        var deleted = stored.Value.Delete(clock.GetUtcNow());
        if (await documents.Put(CustomerDirectory.KeyOf(id), deleted, ModelJson.Crm.Customer, token, Precondition.Match(stored.ETag)) is not WriteOutcome.Written) return false;
        // Where this is cut short, whoever needs an address frees it.
        foreach (var (identity, _) in CustomerFields.Of(deleted).Identities()) await directory.Release(identity, id, token);
        return true;
    }

    private async Task<Problem?> Fault(CustomerFields fields, Customer? before, CancellationToken token)
    {
        if (fields.Fault(company.Region) is { } fault) return fault;
        if (fields.CompanyId is { } companyId && companyId != before?.CompanyId && await ClientCompany.Find(documents, companyId, token) is null)
            return Problems.Invalid(FieldError.At("/companyId", "expected the id of a company; see /api/companies"));
        return await custom.Fault(CustomField.OfCustomers, fields.Custom, token);
    }
}
