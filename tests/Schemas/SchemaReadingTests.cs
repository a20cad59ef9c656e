using System.Text.Json;
using Crm.Schemas;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Schemas;

/// <summary>Which schemas are let in: what is not checked, or could do harm, is refused by its place.</summary>
public sealed class SchemaReadingTests
{
    [Theory]
    [InlineData("""{"$ref":"#"}""", "/schema/$ref")]
    [InlineData("""{"properties":{"a":{"$ref":"file:///etc/passwd"}}}""", "/schema/properties/a/$ref")]
    [InlineData("""{"patternProperties":{"(a+)+$":{}}}""", "/schema/patternProperties")]
    [InlineData("""{"items":[{"type":"string"}]}""", "/schema/items")]
    [InlineData("""{"properties":{"a/b":{"pattern":"(?<=x)y"}}}""", "/schema/properties/a~1b/pattern")]
    [InlineData("""{"anyOf":[{},{"pattern":"(x)\\1"}]}""", "/schema/anyOf/1/pattern")]
    [InlineData("""{"pattern":"("}""", "/schema/pattern")]
    [InlineData("""{"pattern":"((a{1000}){1000}){1000}"}""", "/schema/pattern")]
    [InlineData("""{"multipleOf":0}""", "/schema/multipleOf")]
    [InlineData("""{"maximum":1e400}""", "/schema/maximum")]
    [InlineData("""{"const":{}}""", "/schema/const")]
    [InlineData("""{"required":[1]}""", "/schema/required")]
    [InlineData("""true""", "/schema")]
    public void What_is_not_checked_is_refused_by_its_place(string schema, string pointer) =>
        Assert.Equal(pointer, Assert.Single(SchemaReading.Of(JsonElement.Parse(schema)).Faults).Pointer);

    [Fact]
    public void A_schema_that_is_deep_wide_or_long_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"not":""", SchemaReading.MaxDepth)) + "{}" + new string('}', SchemaReading.MaxDepth);
        Assert.NotEmpty(SchemaReading.Of(JsonElement.Parse(deep)).Faults);
        Assert.Empty(SchemaReading.Of(JsonElement.Parse(deep).GetProperty("not")).Faults);
        Assert.NotEmpty(SchemaReading.Of(JsonElement.Parse($$"""{"anyOf":[{{string.Join(',', Enumerable.Repeat("{}", SchemaReading.MaxSchemas))}}]}""")).Faults);
        Assert.NotEmpty(SchemaReading.Of(JsonElement.Parse($$"""{"enum":[{{Numbers(SchemaReading.MaxListed - 1)}}],"items":{"required":["a","b"] } }""")).Faults);
        Assert.NotEmpty(SchemaReading.Of(JsonElement.Parse($$"""{"anyOf":[{{string.Join(',', Enumerable.Repeat("""{"pattern":"a"}""", SchemaReading.MaxPatterns + 1))}}]}""")).Faults);
        Assert.NotEmpty(SchemaReading.Of(JsonElement.Parse($$"""{"title":"{{new string('x', SchemaReading.MaxBytes)}}"}""")).Faults);

        static string Numbers(int count) => string.Join(',', Enumerable.Range(0, count));
    }

    private static readonly string[] Keywords =
    [
        "type", "enum", "const", "properties", "required", "additionalProperties", "items", "minItems", "maxLength", "uniqueItems", "pattern", "format", "minimum",
        "exclusiveMaximum", "multipleOf", "allOf", "anyOf", "oneOf", "not", "$ref", "if", "maxProperties",
    ];

    [Fact]
    public void Whatever_is_let_in_can_be_held_against_anything()
    {
        var letIn = 0;
        Prop.ForAll(Value(3, Keywords).Zip(Value(3, ["a", "b", "type"])).ToArbitrary(), pair =>
        {
            var schema = JsonElement.Parse(pair.Item1);
            if (SchemaReading.Of(schema).Faults.Count > 0) return;
            letIn++;
            var ready = CheckedSchema.Of(schema, TestContext.Current.CancellationToken).GetAwaiter().GetResult();
            Assert.All(ready.Faults(JsonElement.Parse(pair.Item2), "/properties"), f => Assert.StartsWith("/properties", f.Pointer, StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
        Assert.True(letIn > 20, $"Only {letIn} schemas were let in.");
    }

    /// <summary>JSON text, objects more often than not.</summary>
    private static Gen<string> Value(int depth, string[] names)
    {
        var scalar = Gen.Elements("1", "0", "-1.5", "1e300", "true", "false", "null", "\"object\"", "\"string\"", "\"[a-z]+\"", "\"email\"", "[\"a\"]", "[\"array\",\"null\"]", "{}");
        if (depth == 0) return scalar;
        var inner = Value(depth - 1, names);
        var several = Gen.Choose(1, 3).SelectMany(n => Gen.ArrayOf(inner, n)).Select(items => $"[{string.Join(',', items)}]");
        var named = Gen.Choose(1, 3).SelectMany(n => Gen.ArrayOf(Gen.Elements(names).Zip(inner), n))
            .Select(items => "{" + string.Join(',', items.DistinctBy(i => i.Item1).Select(i => $"\"{i.Item1}\":{i.Item2}")) + "}");
        return Gen.Frequency((2, scalar), (1, several), (4, named));
    }
}
