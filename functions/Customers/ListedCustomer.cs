using Crm.Kernel;
using Crm.Model;

namespace Crm.Customers;

/// <summary>What lists of customers are narrowed by; the customers themselves are read when they are shown.</summary>
public sealed record ListedCustomer(string Id, string SortName, string? Owner, string? CompanyId, string? Language, IReadOnlyList<string> Tags, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    public static ListedCustomer Of(Customer customer) => new(
        customer.Id, SortNameOf(customer.Name ?? customer.Emails.Concat(customer.Phones).FirstOrDefault() ?? ""), customer.Owner, customer.CompanyId, customer.Language, customer.Tags, customer.CreatedAt, customer.ChangedAt);

    /// <summary>Names sort without regard to case.</summary>
    public static string SortNameOf(string name) => name.Trim().ToUpperInvariant();

    public IEnumerable<string> Facets() =>
    [
        .. Owner is null ? Array.Empty<string>() : [CustomerFacet.Owner(Owner)],
        .. CompanyId is null ? Array.Empty<string>() : [CustomerFacet.Company(CompanyId)],
        .. Tags.Select(CustomerFacet.Tag),
    ];

    public Dictionary<string, string> Keys() => new()
    {
        ["byName"] = SortName,
        ["byCreated"] = UtcTimestamps.Text(CreatedAt),
        ["byChanged"] = UtcTimestamps.Text(ChangedAt),
    };
}
