using System.Globalization;
using System.Text;
using Crm.Ports;
using Microsoft.Azure.Cosmos;

namespace Crm.Adapters.Cosmos;

/// <summary>
/// A query as the service's SQL, in a small fixed form: conditions joined by AND, the place to go on from, an order that an index of the
/// container serves. Inside a partition an order without an index is left to <see cref="IsSortedHere"/>.
/// </summary>
internal sealed class QueryText
{
    private readonly ContainerDefinition container;
    private readonly DocumentQuery query;
    private readonly StringBuilder where = new();
    private readonly List<object> values = [];
    private readonly string statement;

    public QueryText(ContainerDefinition container, DocumentQuery query, QueryPosition? after, long now)
    {
        this.container = container;
        this.query = query;
        where.Append(CultureInfo.InvariantCulture, $"c[\"{StoredItem.Property}\"][\"until\"] > {Value(now)}");
        foreach (var condition in query.Where) And(Sql(condition));

        var property = query.OrderBy is "id" ? null : query.OrderBy;
        var orders = new List<string>();
        if (property is not null)
        {
            orders.Add(Path(property));
            And($"IS_PRIMITIVE({orders[0]}) AND NOT IS_NULL({orders[0]})");
        }
        IsSortedHere = property is not null && !IsIndexed(property);
        orders.Add(Path("id"));
        if (query.Partition is null && container.PartitionProperty != "id") orders.Add(Path(container.PartitionProperty));
        if (!IsSortedHere && after is not null) And(After(orders, property is null ? [after.Id, after.Partition] : [after.Order ?? throw QueryContinuation.Foreign(), after.Id, after.Partition]));

        statement = $"SELECT * FROM c WHERE {where}";
        if (!IsSortedHere) statement += " ORDER BY " + string.Join(", ", orders.Select(o => o + (query.Descending ? " DESC" : " ASC")));
    }

    /// <summary>No index serves the order: the matches of the partition are read whole and put in order by the adapter.</summary>
    public bool IsSortedHere { get; }

    public QueryDefinition Definition()
    {
        var definition = new QueryDefinition(statement);
        for (var i = 0; i < values.Count; i++) definition.WithParameter(string.Create(CultureInfo.InvariantCulture, $"@p{i}"), values[i]);
        return definition;
    }

    private bool IsIndexed(string property) =>
        ((query.Partition is null ? container.CrossPartition : container.Indexes) ?? []).Any(i => i[^1] == property);

    /// <summary>Beyond a place in the order: beyond its first value, or at it and beyond its second, and so on.</summary>
    private string After(List<string> orders, object[] place)
    {
        var beyond = query.Descending ? "<" : ">";
        var text = "";
        for (var i = orders.Count - 1; i >= 0; i--)
        {
            var value = Value(place[i]);
            text = text.Length == 0 ? $"{orders[i]} {beyond} {value}" : $"({orders[i]} {beyond} {value} OR ({orders[i]} = {value} AND {text}))";
        }
        return text;
    }

    private string Sql(Condition condition)
    {
        var path = Path(condition.Path);
        return condition switch
        {
            Condition.Equal c => $"{path} = {Value(Plain(c.Value))}",
            Condition.Range { From: null, To: null } => $"IS_DEFINED({path}) AND NOT IS_NULL({path})",
            Condition.Range { From: { } from, To: { } to } when TypeOf(from) != TypeOf(to) => throw new ArgumentException("A range has one type.", nameof(condition)),
            Condition.Range c => string.Join(" AND ", new[] { c.From is { } f ? $"{path} >= {Value(Plain(f))}" : null, c.To is { } t ? $"{path} < {Value(Plain(t))}" : null }.OfType<string>()),
            Condition.Prefix c => $"STARTSWITH({path}, {Value(c.Text)})",
            Condition.Contains c => $"ARRAY_CONTAINS({path}, {Value(Plain(c.Value))})",
            _ => throw new ArgumentException($"There is no condition {condition.GetType().Name}.", nameof(condition)),
        };
    }

    private string Path(string property)
    {
        if (property.Length is 0 or > 100 || !property.All(c => char.IsAsciiLetterOrDigit(c) || c is '_')) throw new ArgumentException($"'{property}' is no property of the top level.", nameof(property));
        if (query.Partition is null && property != "id" && property != container.PartitionProperty && !(container.CrossPartition ?? []).Any(p => p.Contains(property)))
            throw new ArgumentException($"Across partitions '{container.Name}' is not asked by '{property}': the container declares no such path.", nameof(property));
        return $"c[\"{property}\"]";
    }

    private string Value(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"@p{values.Count - 1}");
    }

    private void And(string condition) => where.Append(" AND ").Append(condition);

    private static object Plain(object value) => value is string or long or int or double or bool ? value : throw new ArgumentException("Values are strings, long, double or bool.", nameof(value));

    private static Type TypeOf(object value) => value is int or long or double ? typeof(double) : value.GetType();
}
