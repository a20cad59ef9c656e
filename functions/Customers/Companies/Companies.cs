using System.Text.Json.Serialization.Metadata;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Crm.Resources;

namespace Crm.Customers;

/// <summary>Companies in the manner of every resource. The own key is claimed before the document says it, as customers' addresses are.</summary>
public sealed class Companies(IDocuments documents, CustomFields custom, CustomerLists lists, Company own, TimeProvider clock) : Resource<ClientCompany, CompanyFields>(documents, clock)
{
    protected override string Path => "/api/companies";

    protected override string Noun => "company";

    public override JsonTypeInfo<ClientCompany> Type => CustomersJson.Crm.ClientCompany;

    public override JsonTypeInfo<CompanyFields> FieldsType => CustomersJson.Crm.CompanyFields;

    public override ValueTask<Stored<ClientCompany>?> Find(string id, CancellationToken token) => ClientCompany.Find(Documents, id, token);

    /// <summary>The company with this key of the deployment's own.</summary>
    public async ValueTask<ClientCompany?> WithExternalId(string externalId, CancellationToken token) =>
        await Documents.Get(KeyOfOwn(externalId), CustomersJson.Crm.CompanyKey, token) is { } key && await Find(key.Value.CompanyId, token) is { } found && found.Value.ExternalId == externalId
            ? found.Value
            : null;

    protected override ValueTask<DocumentKey?> KeyOf(string id, CancellationToken token) =>
        ValueTask.FromResult(ClientCompany.KeyOf(id));

    protected override string IdOf(ClientCompany value) => value.Id;

    protected override CompanyFields FieldsOf(ClientCompany value) => CompanyFields.Of(value);

    protected override Problem? Fault(CompanyFields fields) => fields.Fault(own.Region);

    protected override async ValueTask<Problem?> Refuse(ClientCompany? before, ClientCompany after, CancellationToken token)
    {
        if (await custom.Fault(CustomField.OfCompanies, after.Custom, token) is { } fault) return fault;
        return after.ExternalId is { } key && key != before?.ExternalId ? await Claim(key, after.Id, token) : null;
    }

    protected override ClientCompany Make(string id, CompanyFields fields, DateTimeOffset now) =>
        fields.On(new ClientCompany { Id = ClientCompany.IdOf(id), CustomerId = ClientCompany.IdOf(id), Name = "", CreatedAt = now, ChangedAt = now }, own.Region);

    protected override ClientCompany Change(ClientCompany value, CompanyFields fields, DateTimeOffset now) => fields.On(value, own.Region) with { ChangedAt = now };

    protected override async ValueTask<WriteOutcome> Store(ClientCompany? before, ClientCompany after, Precondition precondition, CancellationToken token)
    {
        var outcome = await base.Store(before, after, precondition, token);
        if (outcome is WriteOutcome.Written && before?.ExternalId is { } former && former != after.ExternalId) await Release(former, after.Id, token);
        return outcome;
    }

    protected override async ValueTask<Problem?> Remove(Stored<ClientCompany> stored, CancellationToken token)
    {
        if (await lists.AnyOf(CustomerFacet.Company(stored.Value.Id), token))
            return Problems.Conflict($"Customers work for this company. Change or delete them first; see /api/customers?companyId={stored.Value.Id}");
        if (await base.Remove(stored, token) is { } refused) return refused;
        if (stored.Value.ExternalId is { } key) await Release(key, stored.Value.Id, token);
        return null;
    }

    private async Task<Problem?> Claim(string externalId, string companyId, CancellationToken token)
    {
        var key = KeyOfOwn(externalId);
        while (true)
        {
            if (await Documents.Get(key, CustomersJson.Crm.CompanyKey, token) is not { } held)
            {
                if (await Documents.Put(key, new CompanyKey(key.Id, companyId), CustomersJson.Crm.CompanyKey, token, Precondition.Absent) is WriteOutcome.Written) return null;
                continue;
            }
            if (held.Value.CompanyId == companyId) return null;
            if (await Find(held.Value.CompanyId, token) is { } owner && owner.Value.ExternalId == externalId)
                return Problems.Conflict("Another company has this key.") with { Errors = [FieldError.At("/externalId", $"expected a key that no other company has; see {Path}/{owner.Value.Id}")] };
            // Whoever claimed it never wrote it, or has it no longer.
            await Documents.Put(key, new CompanyKey(key.Id, companyId), CustomersJson.Crm.CompanyKey, token, Precondition.Match(held.ETag));
        }
    }

    private async Task Release(string externalId, string companyId, CancellationToken token)
    {
        if (await Documents.Get(KeyOfOwn(externalId), CustomersJson.Crm.CompanyKey, token) is { } held && held.Value.CompanyId == companyId)
            await Documents.Delete(KeyOfOwn(externalId), Precondition.Match(held.ETag), token);
    }

    private static DocumentKey KeyOfOwn(string externalId)
    {
        var id = "company-" + Ids.Of(externalId);
        return new DocumentKey(Containers.Identities, id, id);
    }
}

/// <summary>Whose an own key is.</summary>
public sealed record CompanyKey(string Id, string CompanyId);
