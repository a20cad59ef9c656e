namespace Crm.Ports;

/// <summary>A container: its partition property, its default time to live, and the property paths that queries may order or filter by.</summary>
/// <param name="Indexes">For queries within one partition: each a list of properties, equality first, then the one ordered by.</param>
/// <param name="CrossPartition">The same for queries without a partition; no others cross partitions.</param>
public sealed record ContainerDefinition(
    string Name,
    string PartitionProperty,
    TimeSpan? TimeToLive = null,
    IReadOnlyList<IReadOnlyList<string>>? Indexes = null,
    IReadOnlyList<IReadOnlyList<string>>? CrossPartition = null);

/// <summary>Every container of the product, in one place: both engines and the infrastructure are made from it.</summary>
public static class Containers
{
    public const string Inbox = "inbox";
    public const string Customers = "customers";
    public const string Identities = "identities";
    public const string Insights = "insights";
    public const string Catalog = "catalog";
    public const string Views = "views";
    public const string Leases = "leases";

    public static IReadOnlyList<ContainerDefinition> All { get; } =
    [
        new(Inbox, "id", TimeSpan.FromDays(30)),
        new(Customers, "customerId", Indexes: [["timelineAt"], ["campaignAt"], ["threadAt"], ["conversationAt"]], CrossPartition: [["kind", "createdAt"]]),
        new(Identities, "id"),
        new(Insights, "customerId"),
        new(Catalog, "kind", Indexes: [["sortAt"], ["sortName"]]),
        new(Views, "view", Indexes: [["byName"], ["byCreated"], ["byChanged"], ["byDue"]]),
        new(Leases, "id"),
    ];

    /// <exception cref="ArgumentException">No container has this name.</exception>
    public static ContainerDefinition Named(string name) =>
        All.FirstOrDefault(c => c.Name == name) ?? throw new ArgumentException($"There is no container '{name}'.", nameof(name));
}
