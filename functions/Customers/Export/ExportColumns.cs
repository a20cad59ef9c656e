using Crm.Kernel;
using Crm.Model;

namespace Crm.Customers;

/// <summary>A customer as a row of a table. An import reads these columns back.</summary>
public static class ExportColumns
{
    public static IReadOnlyList<(string Name, Func<Customer, string?> Value)> All { get; } =
    [
        ("crmId", c => c.Id),
        ("externalId", c => c.ExternalId),
        ("name", c => c.Name),
        ("emails", c => string.Join("; ", c.Emails)),
        ("phones", c => string.Join("; ", c.Phones)),
        ("companyId", c => c.CompanyId),
        ("owner", c => c.Owner),
        ("language", c => c.Language),
        ("tags", c => string.Join("; ", c.Tags)),
        ("street", c => AddressOf(c)?.Lines is { } lines ? string.Join('\n', lines) : null),
        ("postalCode", c => AddressOf(c)?.PostalCode),
        ("city", c => AddressOf(c)?.City),
        ("region", c => AddressOf(c)?.Region),
        ("country", c => AddressOf(c)?.Country),
        ("notes", c => c.Notes),
        ("customValues", c => c.Custom?.GetRawText()),
        ("createdAt", c => UtcTimestamps.Text(c.CreatedAt)),
        ("changedAt", c => UtcTimestamps.Text(c.ChangedAt)),
    ];

    /// <summary>A table has room for the first; NDJSON has them all.</summary>
    private static PostalAddress? AddressOf(Customer customer) => customer.Addresses is [var first, ..] ? first : null;
}
