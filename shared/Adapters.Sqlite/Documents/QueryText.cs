using System.Globalization;
using System.Text;
using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>The SQL of a query: values are always parameters, names are checked, and a declared index is asked for by name.</summary>
internal sealed class QueryText
{
    private readonly ContainerTable table;
    private readonly DocumentQuery query;
    private readonly List<object> values = [];
    private readonly StringBuilder where = new();

    private QueryText(ContainerTable table, DocumentQuery query)
    {
        this.table = table;
        this.query = query;
    }

    public string Sql { get; private set; } = "";

    /// <summary>In the order of the parameters from 2 on; 1 is the clock.</summary>
    public IReadOnlyList<object> Values => values;

    /// <exception cref="ArgumentException">The query asks for what the container does not declare, or compares what cannot be compared.</exception>
    public static QueryText Of(ContainerTable table, DocumentQuery query)
    {
        var text = new QueryText(table, query);
        text.Build();
        return text;
    }

    private void Build()
    {
        if (query.Partition is { } partition) And($"{table.Partition} = {Value(partition)}");
        foreach (var condition in query.Where)
        {
            Declared(condition.Path);
            And(Conditions.Sql(condition, table.Column(condition.Path), Value));
        }

        var orders = new List<string>();
        if (query.OrderBy is { } property && property != "id")
        {
            Declared(property);
            orders.Add(table.Column(property));
            And($"{orders[0]} IS NOT NULL");
        }
        var orderValue = orders.Count == 0 ? "NULL" : orders[0];
        orders.Add("id");
        if (query.Partition is null && table.IsPartitioned) orders.Add("partition");

        if (QueryContinuation.Read(query) is { } position)
        {
            List<object> after = [position.Id];
            if (orderValue != "NULL") after.Insert(0, position.Order ?? throw QueryContinuation.Foreign());
            if (query.Partition is null && table.IsPartitioned) after.Add(position.Partition);
            And($"({string.Join(", ", orders)}) {(query.Descending ? "<" : ">")} ({string.Join(", ", after.Select(Value))})");
        }

        var direction = query.Descending ? " DESC" : "";
        Sql = string.Create(CultureInfo.InvariantCulture, $"SELECT seq, {table.Partition}, id, written, {orderValue}, body FROM {table.Name}{IndexedBy()} WHERE {ContainerStatements.LiveForReads}{where} ORDER BY {string.Join(", ", orders.Select(o => o + direction))} LIMIT {Value((long)query.Limit + 1)}");
    }

    /// <summary>Without a partition, only what an index can answer.</summary>
    private void Declared(string path)
    {
        if (query.Partition is not null || path == "id" || path == table.Definition.PartitionProperty || (table.Definition.CrossPartition ?? []).Any(p => p.Contains(path))) return;
        throw new ArgumentException($"Across partitions '{table.Name}' is not asked by '{path}': the container declares no such path.", nameof(path));
    }

    /// <summary>The planner has no statistics to choose by, so a query that an index was declared for names it.</summary>
    private string IndexedBy()
    {
        var equal = query.Where.OfType<Condition.Equal>().Select(c => c.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var index in table.Indexes.Where(i => i.WithinPartition == query.Partition is not null).OrderByDescending(i => i.Properties.Count))
        {
            if (query.OrderBy == index.Properties[^1] && index.Properties.SkipLast(1).All(equal.Contains))
                return " INDEXED BY " + index.Name;
        }
        return "";
    }

    private void And(string condition) => where.Append(" AND ").Append(condition);

    private string Value(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"?{values.Count + 1}");
    }
}
