using Crm.Kernel;

namespace Crm.Customers;

/// <summary>A property that many customers share and that is asked for by itself: each value has a list of its own.</summary>
public static class CustomerFacet
{
    public static string Owner(string owner) => "owner:" + owner;

    public static string Company(string companyId) => "company:" + companyId;

    public static string Tag(string tag) => "tag:" + tag;

    /// <summary>The name of the view of a facet.</summary>
    public static string ViewOf(string facet) => "customers." + Ids.Of(facet);
}
