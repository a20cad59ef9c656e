using System.Text.Json;

namespace Crm.Schemas;

/// <summary>Which values the keywords of a schema take.</summary>
internal static class SchemaValues
{
    public const string Types = "string, number, integer, boolean, object, array, null";

    private static readonly string[] Known = Types.Split(", ");

    public static bool IsType(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() > 0 && value.EnumerateArray().All(IsOneType) : IsOneType(value);

    public static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    public static bool IsEnumeration(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsScalar);

    public static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _);

    public static bool IsNames(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String);

    private static bool IsOneType(JsonElement value) => value.ValueKind == JsonValueKind.String && Known.Contains(value.GetString());
}
