using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Crm.Ports;

namespace Crm.Adapters.Cosmos;

/// <summary>Where a query goes on: the last document's order value, id and partition.</summary>
internal sealed record QueryPosition(object? Order, string Id, string Partition);

/// <summary>A position and the print of the query that it belongs to.</summary>
internal static class QueryContinuation
{
    public static string Of(DocumentQuery query, QueryPosition last) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new[] { Print(query), last.Order, last.Id, last.Partition }));

    /// <exception cref="ArgumentException">Not a continuation of this query.</exception>
    public static QueryPosition? Read(DocumentQuery query)
    {
        if (query.Continuation is null) return null;
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(query.Continuation));
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() != 4 || root[0].ValueKind != JsonValueKind.String || root[0].GetString() != Print(query)) throw Foreign();
            return new QueryPosition(Value(root[1]), root[2].GetString() ?? throw Foreign(), root[3].GetString() ?? throw Foreign());
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            throw Foreign();
        }
    }

    public static ArgumentException Foreign() => new("The continuation is not of this query.", "query");

    public static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static string Print(DocumentQuery query)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{query.Container}\n{query.Partition ?? "*"}\n{query.OrderBy ?? "id"}\n{query.Descending}");
        foreach (var condition in query.Where) text.Append(CultureInfo.InvariantCulture, $"\n{condition}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
    }
}
