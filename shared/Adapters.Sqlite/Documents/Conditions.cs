using System.Text;
using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>
/// Conditions as SQL. <c>-&gt;&gt;</c> yields 1 for both 1 and true, and text for objects too, so values compare within their JSON
/// type only, as they do in Cosmos DB.
/// </summary>
internal static class Conditions
{
    private static readonly byte[] AfterAnyText = [0xFF];

    /// <param name="column">The property as a column or expression.</param>
    /// <param name="value">Makes a parameter of a value.</param>
    public static string Sql(Condition condition, string column, Func<object, string> value) => condition switch
    {
        Condition.Equal c => $"{column} = {value(Plain(c.Value))}{OfType(c.Path, column, c.Value)}",
        Condition.Range { From: null, To: null } => $"{column} IS NOT NULL",
        Condition.Range c => Range(c, column, value),
        Condition.Prefix c => $"{column} >= {value(c.Text)} AND {column} < {value(new Utf8Text([.. Encoding.UTF8.GetBytes(c.Text), .. AfterAnyText]))}{OfType(c.Path, column, c.Text)}",
        Condition.Contains c => $"json_type(body, '$.{PropertyName.Checked(c.Path)}') = 'array' AND EXISTS (SELECT 1 FROM json_each(body, '$.{c.Path}') AS element WHERE element.value = {value(Plain(c.Value))} AND element.type IN ({TypesOf(c.Value)}))",
        _ => throw new ArgumentException($"There is no condition {condition.GetType().Name}.", nameof(condition)),
    };

    private static string Range(Condition.Range range, string column, Func<object, string> value)
    {
        var sample = range.From ?? range.To!;
        if (range is { From: { } from, To: { } to } && TypesOf(from) != TypesOf(to)) throw new ArgumentException("A range has one type.", nameof(range));
        // SQLite sorts all numbers before all text; an open side must not let the other type in.
        var lower = range.From is { } f ? $"{column} >= {value(Plain(f))}" : sample is string ? $"{column} >= ''" : null;
        var upper = range.To is { } t ? $"{column} < {value(Plain(t))}" : sample is string ? null : $"{column} < ''";
        return string.Join(" AND ", new[] { lower, upper }.Where(s => s is not null)) + OfType(range.Path, column, sample);
    }

    private static string OfType(string path, string column, object value) => column switch
    {
        "id" or "partition" => "",
        _ when value is string text && text.Length > 0 && text[0] is not ('{' or '[') => "",
        _ => $" AND json_type(body, '$.{PropertyName.Checked(path)}') IN ({TypesOf(value)})",
    };

    private static object Plain(object value) => value switch
    {
        string or long or double => value,
        int number => (long)number,
        bool truth => truth ? 1L : 0L,
        _ => throw new ArgumentException("Values are strings, long, double or bool.", nameof(value)),
    };

    private static string TypesOf(object value) => value switch
    {
        string => "'text'",
        true => "'true'",
        false => "'false'",
        _ => "'integer', 'real'",
    };
}

/// <summary>Bytes bound as text; not always valid UTF-8.</summary>
internal sealed record Utf8Text(byte[] Bytes);
