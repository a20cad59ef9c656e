using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// A container as a table. The sequence number is the primary key, so the feed is a scan in key order and each new version
/// of a document moves its row to the end. A container whose partition is the id has no partition column.
/// </summary>
internal sealed class ContainerTable
{
    public ContainerTable(ContainerDefinition definition, WriteSignal signal)
    {
        Definition = definition;
        Signal = signal;
        Name = definition.Name;
        IsPartitioned = definition.PartitionProperty != "id";
        Partition = IsPartitioned ? "partition" : "id";
        Indexes =
        [
            .. (definition.Indexes ?? []).Select(p => new ContainerIndex(this, p, WithinPartition: true)),
            .. (definition.CrossPartition ?? []).Select(p => new ContainerIndex(this, p, WithinPartition: false)),
        ];
        Indexed = [.. Indexes.SelectMany(i => i.Properties).Distinct(StringComparer.Ordinal)];
        Statements = new ContainerStatements(this);
    }

    public ContainerDefinition Definition { get; }

    public WriteSignal Signal { get; }

    public string Name { get; }

    public bool IsPartitioned { get; }

    /// <summary>The column that holds the partition.</summary>
    public string Partition { get; }

    /// <summary>Properties that have a column of their own, computed from the body.</summary>
    public IReadOnlyList<string> Indexed { get; }

    public ContainerStatements Statements { get; }

    public long? DefaultTimeToLive => (long?)Definition.TimeToLive?.TotalMilliseconds;

    /// <summary>What a query writes for a property.</summary>
    /// <exception cref="ArgumentException">It is not a plain property name.</exception>
    public string Column(string property)
    {
        if (property == "id") return "id";
        if (property == Definition.PartitionProperty) return Partition;
        if (Indexed.Contains(property)) return ComputedColumn(property);
        return $"(body ->> '{PropertyName.Checked(property)}')";
    }

    public static string ComputedColumn(string property) => "p_" + PropertyName.Checked(property);

    public IReadOnlyList<ContainerIndex> Indexes { get; }
}
