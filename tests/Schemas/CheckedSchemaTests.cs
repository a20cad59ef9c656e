using System.Text.Json;
using Crm.Schemas;

namespace Crm.Tests.Schemas;

/// <summary>Properties held against a schema: every fault by its pointer, none with the value.</summary>
public sealed class CheckedSchemaTests
{
    private const string Order = """
        {
          "type": "object",
          "required": ["total", "currency"],
          "properties": {
            "total": {"type": "number", "minimum": 0, "exclusiveMaximum": 1000},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "minLength": 3},
            "mail": {"type": "string", "format": "email", "pattern": "@example\\.org$"},
            "items": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}, "a.b/c": {"type": "integer"}}}},
            "kind": {"enum": ["web", "shop", 3, null]},
            "channel": {"const": "web"},
            "id": {"anyOf": [{"type": "integer"}, {"format": "uuid", "type": "string"}]},
            "note": {"type": ["string", "null"], "maxLength": 5}
          },
          "additionalProperties": false
        }
        """;

    [Theory]
    [InlineData("""{"total":1,"currency":"EUR"}""")]
    [InlineData("""{"total":999.5,"currency":"EUR","mail":"a@example.org","items":[{"sku":"1","a.b/c":2}],"kind":null,"channel":"web","id":7,"note":null}""")]
    [InlineData("""{"total":0,"currency":"EUR","kind":3,"id":"0b5be4bd-5c9b-4b47-bd25-0a7f5c2d7e11","note":"12345"}""")]
    public async Task What_fits_has_no_fault(string properties) => Assert.Empty(await Faults(Order, properties));

    [Theory]
    [InlineData("""{}""", "/total", "/currency")]
    [InlineData("""{"total":"1","currency":"EUR"}""", "/total")]
    [InlineData("""{"total":-1,"currency":"EUR"}""", "/total")]
    [InlineData("""{"total":1000,"currency":"EUR"}""", "/total")]
    [InlineData("""{"total":1,"currency":"eur"}""", "/currency")]
    [InlineData("""{"total":1,"currency":"EUR","mail":"nobody@example.org!"}""", "/mail")]
    [InlineData("""{"total":1,"currency":"EUR","mail":"a@example.com"}""", "/mail")]
    [InlineData("""{"total":1,"currency":"EUR","items":[]}""", "/items")]
    [InlineData("""{"total":1,"currency":"EUR","items":[{"sku":"1"},{"a.b/c":1.5}]}""", "/items/1/sku", "/items/1/a.b~1c")]
    [InlineData("""{"total":1,"currency":"EUR","kind":"phone"}""", "/kind")]
    [InlineData("""{"total":1,"currency":"EUR","channel":"shop"}""", "/channel")]
    [InlineData("""{"total":1,"currency":"EUR","id":"x"}""", "/id")]
    [InlineData("""{"total":1,"currency":"EUR","note":"123456"}""", "/note")]
    [InlineData("""{"total":1,"currency":"EUR","surprise":1}""", "/surprise")]
    [InlineData("""{"total":1e999,"currency":"EUR"}""", "")]
    public async Task What_does_not_fit_is_named(string properties, params string[] pointers)
    {
        var faults = await Faults(Order, properties);
        if (pointers is not [""]) Assert.Equal(pointers.Order(StringComparer.Ordinal), faults.Select(f => f.Pointer!).Order(StringComparer.Ordinal));
        Assert.NotEmpty(faults);
        Assert.DoesNotContain(faults, f => f.Detail.Contains("example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pattern_made_to_hang_is_matched_in_the_time_of_the_text()
    {
        var faults = await Faults("""{"properties":{"a":{"pattern":"^(([a-z])+.)+[A-Z]([a-z])+$"}}}""", $$"""{"a":"{{new string('a', 30_000)}}"}""");
        Assert.Equal("/a", Assert.Single(faults).Pointer);
    }

    [Fact]
    public async Task Many_faults_are_cut_to_the_first() =>
        Assert.Equal(CheckedSchema.MostFaults, (await Faults("""{"properties":{"a":{"items":{"type":"integer"}}}}""", $$"""{"a":[{{string.Join(',', Enumerable.Repeat("\"x\"", 500))}}]}""")).Count);

    [Fact]
    public async Task So_many_values_that_they_would_hold_up_others_do_not_fit() =>
        Assert.Equal("", Assert.Single(await Faults("{}", $$"""{"a":[{{string.Join(',', Enumerable.Repeat("{}", CheckedSchema.MostValues))}}]}""")).Pointer);

    [Fact]
    public async Task Without_properties_an_empty_object_is_looked_at() =>
        Assert.Equal("/total", Assert.Single((await CheckedSchema.Of(JsonElement.Parse("""{"required":["total"]}"""), TestContext.Current.CancellationToken)).Faults(null, "")).Pointer);

    private static async Task<IReadOnlyList<Crm.Kernel.FieldError>> Faults(string schema, string properties)
    {
        Assert.Empty(SchemaReading.Of(JsonElement.Parse(schema)).Faults);
        return (await CheckedSchema.Of(JsonElement.Parse(schema), TestContext.Current.CancellationToken)).Faults(JsonElement.Parse(properties), "");
    }
}
