using System.Text.Json;
using Crm.Marketing.Events;

namespace Crm.Tests.Functions.Marketing.Events;

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
        Assert.NotEmpty(SchemaReading.Of(JsonElement.Parse($$"""{"title":"{{new string('x', SchemaReading.MaxBytes)}}"}""")).Faults);
    }
}
