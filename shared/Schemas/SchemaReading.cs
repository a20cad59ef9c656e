using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Crm.Kernel;

namespace Crm.Schemas;

/// <summary>
/// Looks through a schema that came from outside: every keyword must be one that is checked, nothing may refer to anything (so that
/// no schema loops, grows or fetches), and patterns must be of the kind that is matched in linear time. What the validator has no
/// keyword for is said by those it has.
/// </summary>
public sealed class SchemaReading
{
    public const int MaxBytes = 32 * 1024;
    public const int MaxDepth = 10;
    public const int MaxSchemas = 200;
    public const int MaxPattern = 300;
    public const int MaxPatterns = 20;

    /// <summary>Names and values in lists: each is looked at for each value of an event.</summary>
    public const int MaxListed = 500;

    private readonly List<FieldError> faults = [];
    private readonly Dictionary<string, Regex> patterns = new(StringComparer.Ordinal);
    private int schemas;
    private int listed;

    private SchemaReading() { }

    /// <summary>With pointers into the body that brings the schema as <c>schema</c>.</summary>
    public IReadOnlyList<FieldError> Faults => faults;

    /// <summary>For the validator; of use only without faults.</summary>
    public JsonObject Schema { get; private set; } = [];

    /// <summary>The format that stands for a pattern in <see cref="Schema"/>, and the pattern.</summary>
    public IReadOnlyDictionary<string, Regex> Patterns => patterns;

    public static SchemaReading Of(JsonElement schema)
    {
        var reading = new SchemaReading();
        if (JsonMarshal.GetRawUtf8Value(schema).Length > MaxBytes) reading.faults.Add(FieldError.At("/schema", $"expected at most {MaxBytes / 1024} kB"));
        else reading.Schema = reading.Read(schema, "/schema", 1);
        return reading;
    }

    private JsonObject Read(JsonElement schema, string at, int depth)
    {
        var read = new JsonObject();
        if (schema.ValueKind != JsonValueKind.Object) Expect(at, "a schema: an object");
        else if (depth > MaxDepth) Expect(at, $"at most {MaxDepth} schemas within each other");
        else if (++schemas > MaxSchemas) Expect(at, $"at most {MaxSchemas} schemas in all");
        else
        {
            var also = new JsonArray();
            foreach (var keyword in schema.EnumerateObject()) Read(keyword, $"{at}/{JsonPointer.Escape(keyword.Name)}", depth, read, also);
            foreach (var given in read["allOf"] as JsonArray ?? []) also.Add(given!.DeepClone());
            if (also.Count > 0) read["allOf"] = also;
        }
        return read;
    }

    private void Read(JsonProperty keyword, string at, int depth, JsonObject read, JsonArray also)
    {
        var (name, value) = (keyword.Name, keyword.Value);
        switch (name)
        {
            case "$schema" or "title" or "description" or "$comment":
                if (value.ValueKind != JsonValueKind.String) Expect(at, "a text");
                break;
            case "default" or "examples" or "deprecated":
                break;
            case "type":
                Keep(SchemaValues.IsType(value), "one of " + SchemaValues.Types + ", or a list of them");
                break;
            case "enum":
                Keep(SchemaValues.IsEnumeration(value) && IsShort(value), $"a list of texts, numbers, true, false or null, and at most {MaxListed} listed values in all");
                break;
            case "const":
                if (!SchemaValues.IsScalar(value)) Expect(at, "a text, a number, true, false or null");
                else also.Add(new JsonObject { ["enum"] = new JsonArray(Node(value)) });
                break;
            case "minLength" or "maxLength" or "minItems" or "maxItems" or "minProperties" or "maxProperties":
                Keep(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0, "a whole number from 0");
                break;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum":
                Keep(SchemaValues.IsNumber(value), "a number");
                break;
            case "multipleOf":
                Keep(SchemaValues.IsNumber(value) && value.GetDecimal() > 0, "a number greater than 0");
                break;
            case "uniqueItems":
                Keep(value.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false");
                break;
            case "required":
                Keep(SchemaValues.IsNames(value) && IsShort(value), $"a list of names, and at most {MaxListed} listed values in all");
                break;
            case "format":
                Keep(value.ValueKind == JsonValueKind.String && SchemaFormats.All.ContainsKey(value.GetString()!), "one of " + SchemaFormats.Names);
                break;
            case "pattern":
                if (PatternOf(value, at) is { } format) also.Add(new JsonObject { ["format"] = format });
                break;
            case "properties":
                read[name] = Named(value, at, depth);
                break;
            case "additionalProperties" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                read[name] = Node(value);
                break;
            case "additionalProperties" or "items" or "not":
                read[name] = Read(value, at, depth + 1);
                break;
            case "allOf" or "anyOf" or "oneOf":
                read[name] = Several(value, at, depth);
                break;
            case "$ref":
                Expect(at, "no reference: write the schema out where it is needed");
                break;
            default:
                Expect(at, "a keyword that is checked here; see docs/events.md for them");
                break;
        }

        void Keep(bool sound, string expected)
        {
            if (sound) read[name] = Node(value);
            else Expect(at, expected);
        }
    }

    private JsonObject Named(JsonElement value, string at, int depth)
    {
        var named = new JsonObject();
        if (value.ValueKind != JsonValueKind.Object) Expect(at, "an object of schemas");
        else foreach (var one in value.EnumerateObject()) named[one.Name] = Read(one.Value, $"{at}/{JsonPointer.Escape(one.Name)}", depth + 1);
        return named;
    }

    private JsonArray Several(JsonElement value, string at, int depth)
    {
        var several = new JsonArray();
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0) Expect(at, "a list of schemas");
        else foreach (var (i, one) in value.EnumerateArray().Index()) several.Add(Read(one, FormattableString.Invariant($"{at}/{i}"), depth + 1));
        return several;
    }

    private string? PatternOf(JsonElement value, string at)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= MaxPattern } text && patterns.Count < MaxPatterns)
        {
            try
            {
                var format = FormattableString.Invariant($"pattern-{patterns.Count}");
                patterns[format] = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
                return format;
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                // Told below.
            }
        }
        Expect(at, $"a regular expression of at most {MaxPattern} characters, without look-around, back references and large repetitions, and at most {MaxPatterns} of them");
        return null;
    }

    private bool IsShort(JsonElement list) => (listed += list.GetArrayLength()) <= MaxListed;

    private void Expect(string at, string expected)
    {
        if (faults.Count < 20) faults.Add(FieldError.At(at, "expected " + expected));
    }

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
