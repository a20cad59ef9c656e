using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crm.Tests.Support;

/// <summary>The SQL that the adapter sends, and no more of the language; anything else throws.</summary>
internal sealed partial class CosmosSql
{
    private readonly List<string> tokens;
    private readonly Dictionary<string, JsonNode?> parameters;
    private readonly List<(string[] Path, bool Descending)> orders = [];
    private readonly bool isRewritten;
    private Func<JsonObject, bool> where = _ => true;
    private int at;

    private CosmosSql(string text, JsonArray values)
    {
        parameters = values.ToDictionary(v => v!["name"]!.GetValue<string>(), v => v!["value"]);
        tokens = [.. Token().Matches(text).Select(m => m.Value)];
        if (string.Concat(tokens) != Space().Replace(text, "")) throw new NotSupportedException(text);
        // The SDK's own form of a query with an order, when it merges partitions.
        isRewritten = text.StartsWith("SELECT c._rid", StringComparison.Ordinal);
        if (isRewritten) at = tokens.IndexOf("FROM");
        else Expect("SELECT", "*");
        Expect("FROM", "c");
        if (Take("WHERE")) where = Or();
        if (Take("ORDER"))
        {
            Expect("BY");
            do orders.Add((Path(), !Take("ASC") && Take("DESC")));
            while (Take(","));
        }
        if (at != tokens.Count) throw new NotSupportedException(text);
    }

    public static CosmosSql Parse(string text, JsonArray parameters) => new(text, parameters);

    public IEnumerable<JsonObject> Run(IEnumerable<JsonObject> items)
    {
        var found = items.Where(where);
        if (orders.Count == 0) return found;
        return found.Where(i => orders.All(o => Value(i, o.Path) is not null)).Order(Comparer<JsonObject>.Create((a, b) => orders
            .Select(o => (o.Descending ? -1 : 1) * Compare(Value(a, o.Path)!, Value(b, o.Path)!))
            .FirstOrDefault(c => c != 0)));
    }

    public JsonNode Project(JsonObject item) => !isRewritten ? item.DeepClone() : new JsonObject
    {
        ["_rid"] = item["_rid"]!.DeepClone(),
        ["orderByItems"] = new JsonArray([.. orders.Select(o => new JsonObject { ["item"] = Value(item, o.Path)!.DeepClone() })]),
        ["payload"] = item.DeepClone(),
    };

    private Func<JsonObject, bool> Or()
    {
        var any = new List<Func<JsonObject, bool>> { And() };
        while (Take("OR")) any.Add(And());
        return item => any.Any(a => a(item));
    }

    private Func<JsonObject, bool> And()
    {
        var all = new List<Func<JsonObject, bool>> { One() };
        while (Take("AND")) all.Add(One());
        return item => all.All(a => a(item));
    }

    private Func<JsonObject, bool> One()
    {
        if (Take("NOT"))
        {
            var not = One();
            return item => !not(item);
        }
        if (Take("true")) return _ => true;
        if (Take("("))
        {
            var inner = Or();
            Expect(")");
            return inner;
        }
        if (tokens[at] != "c") return Call(tokens[at++]);

        var (path, compare) = (Path(), tokens[at++]);
        var expected = Parameter();
        return item => Value(item, path) is { } value && Rank(value) == Rank(expected) && compare switch
        {
            "=" => Compare(value, expected) == 0,
            "<" => Compare(value, expected) < 0,
            ">" => Compare(value, expected) > 0,
            ">=" => Compare(value, expected) >= 0,
            _ => throw new NotSupportedException(compare),
        };
    }

    private Func<JsonObject, bool> Call(string function)
    {
        Expect("(");
        var path = Path();
        var argument = Take(",") ? Parameter() : null;
        Expect(")");
        return function switch
        {
            "IS_DEFINED" => item => Has(item, path),
            "IS_NULL" => item => Has(item, path) && Value(item, path) is null,
            "IS_PRIMITIVE" => item => Has(item, path) && Value(item, path) is null or JsonValue,
            "STARTSWITH" => item => Value(item, path) is JsonValue v && v.GetValueKind() == JsonValueKind.String && v.GetValue<string>().StartsWith(argument!.GetValue<string>(), StringComparison.Ordinal),
            "ARRAY_CONTAINS" => item => Value(item, path) is JsonArray array && array.Any(e => e is JsonValue && Rank(e) == Rank(argument!) && Compare(e, argument!) == 0),
            _ => throw new NotSupportedException(function),
        };
    }

    private JsonNode Parameter() => parameters[tokens[at++]]!;

    private string[] Path()
    {
        Expect("c");
        var path = new List<string>();
        while (true)
        {
            if (Take("["))
            {
                path.Add(tokens[at++].Trim('"'));
                Expect("]");
            }
            else if (Take(".")) path.Add(tokens[at++]);
            else return [.. path];
        }
    }

    private static bool Has(JsonObject item, string[] path) => Value(item, path[..^1]) is JsonObject holder && holder.ContainsKey(path[^1]);

    private static JsonNode? Value(JsonNode item, string[] path) => path.Aggregate((JsonNode?)item, (node, name) => (node as JsonObject)?[name]);

    private static int Compare(JsonNode a, JsonNode b) => Rank(a) != Rank(b) ? Rank(a).CompareTo(Rank(b)) : a.GetValueKind() switch
    {
        JsonValueKind.String => string.CompareOrdinal(a.GetValue<string>(), b.GetValue<string>()),
        JsonValueKind.Number => Number(a).CompareTo(Number(b)),
        _ => 0,
    };

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);

    private static int Rank(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.False => 1,
        JsonValueKind.True => 2,
        JsonValueKind.Number => 3,
        JsonValueKind.String => 4,
        _ => 5,
    };

    private bool Take(string token)
    {
        if (at >= tokens.Count || tokens[at] != token) return false;
        at++;
        return true;
    }

    private void Expect(params ReadOnlySpan<string> expected)
    {
        foreach (var token in expected)
        {
            if (!Take(token)) throw new NotSupportedException($"{token} expected in {string.Join(' ', tokens)}");
        }
    }

    [GeneratedRegex("""[A-Za-z_][A-Za-z_0-9]*|@p[0-9]+|"[A-Za-z_0-9]*"|>=|<=|[\[\](){}.,:*=<>]""")]
    private static partial Regex Token();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
