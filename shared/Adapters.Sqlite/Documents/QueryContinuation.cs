using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crm.Ports;

namespace Crm.Adapters.Sqlite;

/// <summary>Where a query goes on: the last document's order value, id and partition, bound to the query that it belongs to.</summary>
internal sealed record QueryPosition(object? Order, string Id, string Partition);

internal static class QueryContinuation
{
    public static string Of(DocumentQuery query, QueryPosition last)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(Print(query));
            switch (last.Order)
            {
                case string text: writer.WriteStringValue(text); break;
                case long number: writer.WriteNumberValue(number); break;
                // Keeps a double a double: 1 and 1.0 are two things to a reader.
                case double number: writer.WriteStartArray(); writer.WriteNumberValue(number); writer.WriteEndArray(); break;
                default: writer.WriteNullValue(); break;
            }
            writer.WriteStringValue(last.Id);
            writer.WriteStringValue(last.Partition);
            writer.WriteEndArray();
        }
        return Base64Url.EncodeToString(bytes.ToArray());
    }

    /// <exception cref="ArgumentException">Not a continuation of this query.</exception>
    public static QueryPosition? Read(DocumentQuery query)
    {
        if (query.Continuation is null) return null;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(query.Continuation));
            if (json.RootElement.ValueKind != JsonValueKind.Array || json.RootElement.GetArrayLength() != 4 || json.RootElement[0].ValueKind != JsonValueKind.String
                || json.RootElement[0].GetString() != Print(query)) throw Foreign();
            return new QueryPosition(Order(json.RootElement[1]), json.RootElement[2].GetString() ?? throw Foreign(), json.RootElement[3].GetString() ?? throw Foreign());
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            throw Foreign();
        }
    }

    public static ArgumentException Foreign() => new("The continuation is not of this query.", "query");

    private static object? Order(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.Array => value[0].GetDouble(),
        _ => null,
    };

    /// <summary>A print of everything but page size and position.</summary>
    private static string Print(DocumentQuery query)
    {
        var text = new StringBuilder();
        Add(text, query.Container);
        Add(text, query.Partition);
        Add(text, query.OrderBy);
        Add(text, query.Descending);
        foreach (var condition in query.Where)
        {
            Add(text, condition.GetType().Name);
            Add(text, condition.Path);
            switch (condition)
            {
                case Condition.Equal c: Add(text, c.Value); break;
                case Condition.Range c: Add(text, c.From); Add(text, c.To); break;
                case Condition.Prefix c: Add(text, c.Text); break;
                case Condition.Contains c: Add(text, c.Value); break;
                default: break;
            }
        }
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
    }

    private static void Add(StringBuilder text, object? part)
    {
        var value = Convert.ToString(part, CultureInfo.InvariantCulture) ?? "";
        text.Append(CultureInfo.InvariantCulture, $"{part?.GetType().Name}:{value.Length}:{value};");
    }
}
