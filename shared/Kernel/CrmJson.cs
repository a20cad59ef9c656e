using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Kernel;

/// <summary>
/// The one set of JSON options. Every source-generated context of the product is built on <see cref="For"/>; the options an
/// attribute could give are not used.
/// </summary>
public static class CrmJson
{
    /// <summary>Deeper bodies are refused.</summary>
    public const int MaxDepth = 32;

    public static JsonDocumentOptions Document { get; } = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    public static JsonWriterOptions Writer { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A context over the product's options.</summary>
    public static TContext For<TContext>(Func<JsonSerializerOptions, TContext> create) where TContext : JsonSerializerContext => create(Options());

    public static JsonSerializerOptions Options(IJsonTypeInfoResolver? resolver = null) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        NumberHandling = JsonNumberHandling.Strict,
        ReadCommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
        // Answers are application/json, never HTML: readable Chinese rather than \u escapes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcTimestamps(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = resolver,
    };
}
