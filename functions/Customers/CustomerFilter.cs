using Crm.Kernel;

namespace Crm.Customers;

/// <summary>What a list of customers or companies is narrowed to beside addresses.</summary>
public sealed record CustomerFilter(string? Name, string? Owner, string? CompanyId, string? Tag, string? Language, string? From, string? To)
{
    public static Outcome<CustomerFilter> Read(ListRequest list)
    {
        var errors = new List<FieldError>();
        var name = Text("name") is { } given ? ListedCustomer.SortNameOf(given) : null;
        if (name?.Length == 0) errors.Add(FieldError.In("name", "expected the beginning of a name"));
        var range = list.Sort!.Field == "changedAt" ? "changedAt" : "createdAt";
        foreach (var bound in list.Filters.Keys.Where(k => k.Contains("At[", StringComparison.Ordinal)))
        {
            var field = bound[..bound.IndexOf('[', StringComparison.Ordinal)];
            if (field != list.Sort.Field) errors.Add(FieldError.In(bound, $"expected with sort={field} or sort=-{field}"));
        }
        var filter = new CustomerFilter(name, Text("owner"), Text("companyId"), Text("tag"), Text("language"), Time($"{range}[gte]"), Time($"{range}[lt]"));
        return errors.Count > 0 ? Problems.Invalid(errors) : filter;

        string? Text(string field) => list.Filters.GetValueOrDefault(field);

        string? Time(string field)
        {
            if (Text(field) is not { } text) return null;
            if (UtcTimestamps.Parse(text) is { } time) return UtcTimestamps.Text(time);
            errors.Add(FieldError.In(field, "expected an RFC 3339 time with an offset"));
            return null;
        }
    }

    /// <summary>The facet whose list is read: the one that is likely to be the shortest.</summary>
    public string? Facet => CompanyId is not null ? CustomerFacet.Company(CompanyId) : Owner is not null ? CustomerFacet.Owner(Owner) : Tag is not null ? CustomerFacet.Tag(Tag) : null;

    /// <summary>Whether anything is left to be checked row by row when the facet's list is read in an order with its range.</summary>
    public bool IsChecked(bool byName) => new[] { CompanyId, Owner, Tag }.Count(f => f is not null) > 1 || Language is not null || (Name is not null && !byName);

    public bool Holds(ListedCustomer one) =>
        (Name is null || one.SortName.StartsWith(Name, StringComparison.Ordinal))
        && (Owner is null || one.Owner == Owner)
        && (CompanyId is null || one.CompanyId == CompanyId)
        && (Tag is null || one.Tags.Contains(Tag))
        && (Language is null || one.Language == Language);
}
