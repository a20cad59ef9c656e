namespace Crm.Adapters.Sqlite;

/// <summary>
/// One index over computed columns. Only documents that have the last property are in it, so a container of many kinds pays
/// for each kind's own indexes only.
/// </summary>
internal sealed record ContainerIndex(ContainerTable Table, IReadOnlyList<string> Properties, bool WithinPartition)
{
    public string Name => $"ix_{Table.Name}_{(WithinPartition ? "in" : "across")}_{string.Join('_', Properties)}";

    public string Sql
    {
        get
        {
            var computed = Properties.Select(ContainerTable.ComputedColumn).ToList();
            List<string> columns = [.. computed, "id"];
            if (WithinPartition) columns.Insert(0, Table.Partition);
            else if (Table.IsPartitioned) columns.Add(Table.Partition);
            return $"CREATE INDEX {Name} ON {Table.Name} ({string.Join(", ", columns)}) WHERE {computed[^1]} IS NOT NULL";
        }
    }
}
