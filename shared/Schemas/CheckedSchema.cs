using System.Globalization;
using System.Text.Json;
using Crm.Kernel;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Crm.Schemas;

/// <summary>A schema ready to be held against properties. Safe to be used by many at once.</summary>
public sealed class CheckedSchema
{
    /// <summary>Who gets more wrong than this reads these first.</summary>
    public const int MostFaults = 20;

    /// <summary>Values in one event's properties, objects and lists among them.</summary>
    public const int MostValues = 2_000;

    private static readonly JsonSerializerSettings Plain = new() { DateParseHandling = DateParseHandling.None, MaxDepth = CrmJson.MaxDepth + 1 };

    private readonly JsonSchema schema;
    private readonly JsonSchemaValidatorSettings settings;

    private CheckedSchema(JsonSchema schema, JsonSchemaValidatorSettings settings) => (this.schema, this.settings) = (schema, settings);

    /// <exception cref="InvalidDataException">The schema was never let in.</exception>
    public static async Task<CheckedSchema> Of(JsonElement schema, CancellationToken token)
    {
        var reading = SchemaReading.Of(schema);
        if (reading.Faults.Count > 0) throw new InvalidDataException("A schema is kept that cannot be used.");
        return new CheckedSchema(await JsonSchema.FromJsonAsync(reading.Schema.ToJsonString(CrmJson.Options()), token), SchemaFormats.Settings(reading.Patterns));
    }

    /// <summary>What does not fit, by pointers below <paramref name="at"/>; never with the values themselves.</summary>
    public IReadOnlyList<FieldError> Faults(JsonElement? properties, string at)
    {
        if (properties is { } given && Count(given) > MostValues) return [FieldError.At(at, FormattableString.Invariant($"expected at most {MostValues} values in all"))];
        try
        {
            var token = JsonConvert.DeserializeObject<JToken>(properties?.GetRawText() ?? "{}", Plain)!;
            return [.. schema.Validate(token, settings).SelectMany(Flat).Select(e => FieldError.At(at + PointerTo(e), Expected(e))).Distinct().Take(MostFaults)];
        }
        catch (Exception e) when (e is ArithmeticException or FormatException or JsonReaderException)
        {
            return [FieldError.At(at, "expected numbers that can be counted with")];
        }
    }

    private static int Count(JsonElement value) => 1 + value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(p => Count(p.Value)),
        JsonValueKind.Array => value.EnumerateArray().Sum(Count),
        _ => 0,
    };

    /// <summary>Where all parts must hold, the part that does not is told; where one of several must, only the place.</summary>
    private static IEnumerable<ValidationError> Flat(ValidationError error) =>
        error is ChildSchemaValidationError { Kind: not (ValidationErrorKind.NotAnyOf or ValidationErrorKind.NotOneOf) } child && child.Errors.Values.Any(e => e.Count > 0)
            ? child.Errors.Values.SelectMany(e => e).SelectMany(Flat)
            : [error];

    private static string PointerTo(ValidationError error)
    {
        var steps = new Stack<string>();
        if (error is { Kind: ValidationErrorKind.PropertyRequired, Property: { } missing }) steps.Push(missing);
        for (var token = error.Token; token is not null; token = token.Parent)
        {
            if (token is JProperty property) steps.Push(property.Name);
            else if (token.Parent is JArray list) steps.Push(list.IndexOf(token).ToString(CultureInfo.InvariantCulture));
        }
        return string.Concat(steps.Select(s => "/" + JsonPointer.Escape(s)));
    }

    private static string Expected(ValidationError error) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => "expected a value here",
        ValidationErrorKind.NoAdditionalPropertiesAllowed => "the type has no such property",
        ValidationErrorKind.StringExpected => "expected a text",
        ValidationErrorKind.NumberExpected => "expected a number",
        ValidationErrorKind.IntegerExpected => "expected a whole number",
        ValidationErrorKind.BooleanExpected => "expected true or false",
        ValidationErrorKind.ObjectExpected => "expected an object",
        ValidationErrorKind.ArrayExpected => "expected a list",
        ValidationErrorKind.NullExpected => "expected null",
        ValidationErrorKind.NotInEnumeration => "expected one of the values that the type lists",
        ValidationErrorKind.PatternMismatch => "expected a text of the form that the type asks for",
        ValidationErrorKind.StringTooShort => FormattableString.Invariant($"expected at least {error.Schema.MinLength} characters"),
        ValidationErrorKind.StringTooLong => FormattableString.Invariant($"expected at most {error.Schema.MaxLength} characters"),
        ValidationErrorKind.TooFewItems => FormattableString.Invariant($"expected at least {error.Schema.MinItems} items"),
        ValidationErrorKind.TooManyItems => FormattableString.Invariant($"expected at most {error.Schema.MaxItems} items"),
        ValidationErrorKind.NumberTooSmall => "expected a greater number",
        ValidationErrorKind.NumberTooBig => "expected a smaller number",
        ValidationErrorKind.NotAnyOf => "expected what one of anyOf says",
        ValidationErrorKind.NotOneOf => "expected what exactly one of oneOf says",
        var kind => $"expected what the type's schema says ({JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString())})",
    };
}
