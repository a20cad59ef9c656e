using System.Text.Json;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;

namespace Crm.Customers;

/// <summary>One page of customers, for the API and the console.</summary>
public sealed class CustomerPages(IDocuments documents, CustomerDirectory directory, FindCustomers search, CustomerLists lists, Company company)
{
    public static ListShape Shape { get; } = ListShape.Of(
        ModelJson.Crm.Customer, ["-createdAt", "changedAt", "name"],
        "email", "phone", "externalId", "name", "owner", "companyId", "tag", "language", "createdAt[gte]", "createdAt[lt]", "changedAt[gte]", "changedAt[lt]", "q");

    /// <summary>The page that the request asks for.</summary>
    public async Task<Outcome<CustomerPage>> Page(ListRequest list, CancellationToken token)
    {
        if (list.Filters.TryGetValue("q", out var searched)) return await search.Page(searched, list, token);

        var read = CustomerFilter.Read(list);
        return await read.Match(
            async filter => await Named(list, token) switch
            {
                Outcome<IReadOnlyList<Customer>?>.Refused refused => refused.Problem,
                Outcome<IReadOnlyList<Customer>?>.Done { Value: { } found } => new CustomerPage([.. found.Where(c => filter.Holds(ListedCustomer.Of(c)) && IsWithin(c, filter, list))], null),
                _ => await (IsPlain(filter, list) ? Stored(list, filter, token) : Listed(list, filter, token)),
            },
            problem => Task.FromResult<Outcome<CustomerPage>>(problem));
    }

    /// <summary>The one whose address or key is asked for; null where none is.</summary>
    private async Task<Outcome<IReadOnlyList<Customer>?>> Named(ListRequest list, CancellationToken token)
    {
        var errors = new List<FieldError>();
        List<Identity?> asked =
        [
            Asked("email", Identity.Email, "expected one e-mail address"),
            Asked("phone", p => Identity.Phone(p, company.Region), "expected a phone number in international form"),
            Asked("externalId", Identity.Own, "expected a key that is not blank"),
        ];
        if (errors.Count > 0) return Problems.Invalid(errors);
        IReadOnlyList<Customer>? found = null;
        foreach (var identity in asked.OfType<Identity>())
        {
            IReadOnlyList<Customer> one = await directory.Find(identity, token) is { } customer ? [customer.Value] : [];
            found = found is null ? one : [.. found.IntersectBy(one.Select(c => c.Id), c => c.Id)];
        }
        return new Outcome<IReadOnlyList<Customer>?>.Done(found);

        Identity? Asked(string name, Func<string?, Identity?> parse, string expected)
        {
            if (!list.Filters.TryGetValue(name, out var text)) return null;
            var identity = parse(text);
            if (identity is null) errors.Add(FieldError.In(name, expected));
            return identity;
        }
    }

    /// <summary>By creation alone, one index serves across partitions, and shows a customer at once.</summary>
    private static bool IsPlain(CustomerFilter filter, ListRequest list) =>
        list.Sort!.Field == "createdAt" && filter == new CustomerFilter(null, null, null, null, null, filter.From, filter.To);

    private async Task<Outcome<CustomerPage>> Stored(ListRequest list, CustomerFilter filter, CancellationToken token)
    {
        List<Condition> where = [new Condition.Equal("kind", Customer.KindName)];
        if ((filter.From ?? filter.To) is not null) where.Add(new Condition.Range("createdAt", filter.From, filter.To));
        var page = await documents.Query(new DocumentQuery(Containers.Customers, null, where, "createdAt", list.Sort!.Descending, list.Limit, list.Position), token);
        return new CustomerPage([.. page.Documents.Select(d => d.As(ModelJson.Crm.Customer).Value)], list.Next(page.Continuation));
    }

    private async Task<Outcome<CustomerPage>> Listed(ListRequest list, CustomerFilter filter, CancellationToken token)
    {
        var byName = list.Sort!.Field == "name";
        var order = byName ? "byName" : list.Sort.Field == "changedAt" ? "byChanged" : "byCreated";
        var (from, to) = byName ? (filter.Name, filter.Name is null ? null : filter.Name + '\uffff') : (filter.From, filter.To);
        var view = filter.Facet is { } facet ? lists.Of(facet) : lists.All;
        var page = await view.Read(
            order, list.Sort.Descending, from, to, list.Limit, list.Position, filter.IsChecked(byName) ? item => filter.Holds(item.Deserialize(CustomersJson.Crm.ListedCustomer)!) : null, token);
        var ids = page.Items.Select(i => i.Deserialize(CustomersJson.Crm.ListedCustomer)!.Id);
        var read = await Task.WhenAll(ids.Select(id => CustomerIds.Find(documents, id, token).AsTask()));
        return new CustomerPage([.. read.OfType<Stored<Customer>>().Select(c => c.Value)], list.Next(page.Next));
    }

    private static bool IsWithin(Customer customer, CustomerFilter filter, ListRequest list)
    {
        var time = UtcTimestamps.Text(list.Sort!.Field == "changedAt" ? customer.ChangedAt : customer.CreatedAt);
        return (filter.From is null || string.CompareOrdinal(time, filter.From) >= 0) && (filter.To is null || string.CompareOrdinal(time, filter.To) < 0);
    }
}

public sealed record CustomerPage(IReadOnlyList<Customer> Items, string? NextCursor)
{
    /// <summary>Of a search: by customer id, what matched each word asked for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SearchMatch>>? Matches { get; init; }
}
