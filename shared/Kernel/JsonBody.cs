using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel;

/// <summary>Reads a JSON request body, or says precisely what is wrong with it.</summary>
public static class JsonBody
{
    /// <summary>1 MiB: no API body is longer, but where a route says so.</summary>
    public const int Limit = 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <returns>The value, or a 400, 413 or 415 that names the place.</returns>
    public static async ValueTask<Outcome<T>> Read<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken token, string mediaType = "application/json", int limit = Limit)
        where T : class
    {
        if (!HasMediaType(request, mediaType)) return Problems.UnsupportedMediaType(mediaType, request.ContentType);
        var body = await RequestBody.Read(request, limit, token);
        return body.Match(done => { using (done) return Parse(done.Bytes.Span, type); }, problem => problem);
    }

    /// <summary>The same for bytes at hand.</summary>
    public static Outcome<T> Parse<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type) where T : class
    {
        if (utf8.StartsWith(ByteOrderMark))
        {
            return Problems.MalformedJson("It begins with a byte order mark.", FieldError.At("", "expected UTF-8 without a byte order mark"));
        }
        if (JsonSyntax.Check(utf8) is { } fault) return fault;
        try
        {
            return JsonSerializer.Deserialize(utf8, type) is { } value
                ? value
                : Problems.Invalid(FieldError.At("", "expected an object, got null"));
        }
        catch (JsonException e)
        {
            var pointer = JsonPointer.FromPath(e.Path);
            return Problems.Invalid(FieldError.At(pointer, e.Message.Contains("could not be mapped", StringComparison.Ordinal)
                ? "there is no such field here"
                : $"expected {Expected(type, pointer)}"));
        }
    }

    private static string Expected(JsonTypeInfo type, string pointer)
    {
        var current = type;
        foreach (var step in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = current.Kind switch
            {
                JsonTypeInfoKind.Object => current.Properties.FirstOrDefault(p => p.Name == step)?.PropertyType,
                JsonTypeInfoKind.Enumerable => current.ElementType,
                JsonTypeInfoKind.Dictionary => current.ElementType,
                _ => null,
            };
            if (next is null || type.Options.TryGetTypeInfo(next, out var info) is false) return "another value";
            current = info!;
        }
        var bare = Nullable.GetUnderlyingType(current.Type) ?? current.Type;
        if (bare == typeof(System.Text.Json.Nodes.JsonObject)) return "an object";
        return current.Kind switch
        {
            JsonTypeInfoKind.Object => "an object",
            JsonTypeInfoKind.Dictionary => "an object",
            JsonTypeInfoKind.Enumerable => "an array",
            _ when bare == typeof(string) => "a string of valid Unicode text",
            _ when bare == typeof(bool) => "true or false",
            _ when bare == typeof(DateTimeOffset) => "an RFC 3339 time with an offset, such as 2026-11-23T09:00:00Z",
            _ when bare == typeof(DateOnly) => "a date such as 2026-11-23",
            _ when bare.IsEnum => "one of " + string.Join(", ", Enum.GetNames(bare).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)),
            _ when bare.IsPrimitive || bare == typeof(decimal) => "a number",
            _ => "another value",
        };
    }

    private static bool HasMediaType(HttpRequest request, string expected) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var media)
        && media.MediaType.Equals(expected, StringComparison.OrdinalIgnoreCase)
        && (!media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
