using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Kernel;

namespace Crm.Tests.Kernel;

public sealed class JsonOptionsTests
{
    [Fact]
    public void Every_context_of_the_product_has_the_one_set_of_options()
    {
        var expected = CrmJson.Options();
        var contexts = new[] { typeof(Crm.Hosts.EmbeddedApp), typeof(Crm.Model.Activity), typeof(CrmJson) }
            .SelectMany(t => t.Assembly.GetTypes()).Where(t => t.IsSubclassOf(typeof(JsonSerializerContext))).ToList();
        Assert.True(contexts.Count >= 6);
        foreach (var context in contexts)
        {
            var options = ((JsonSerializerContext)context.GetProperty("Crm", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!).Options;
            foreach (var property in typeof(JsonSerializerOptions).GetProperties().Where(p => p.PropertyType.IsValueType && p.Name != nameof(JsonSerializerOptions.IsReadOnly)))
                Assert.True(Equals(property.GetValue(expected), property.GetValue(options)), $"{context.Name}.{property.Name}");
            Assert.Equal(expected.Converters.Select(c => c.GetType()), options.Converters.Select(c => c.GetType()));
            Assert.Same(expected.Encoder, options.Encoder);
        }
    }

    [Theory]
    [InlineData("2026-11-23T09:00:00Z", "2026-11-23T09:00:00.000Z")]
    [InlineData("2026-11-23T10:30:00.1239+01:30", "2026-11-23T09:00:00.123Z")]
    [InlineData("2026-11-23t09:00:00z", "2026-11-23T09:00:00.000Z")]
    public void Times_are_read_with_their_offset_and_written_in_UTC(string given, string written) => Assert.Equal(written, UtcTimestamps.Text(UtcTimestamps.Parse(given)!.Value));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("2026-11-23")]
    [InlineData("2026-11-23T09:00:00")]
    [InlineData("2026-13-23T09:00:00Z")]
    [InlineData("23.11.2026 09:00:00Z")]
    [InlineData("1795433686")]
    public void A_text_that_is_no_such_time_is_nothing(string? given) => Assert.Null(UtcTimestamps.Parse(given));
}
