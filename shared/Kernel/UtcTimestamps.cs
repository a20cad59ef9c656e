using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Kernel;

/// <summary>
/// Times in JSON: UTC with milliseconds and a fixed width (<c>2026-11-23T09:00:00.000Z</c>), so that ordinal order is
/// order in time. Read is any RFC 3339 time that states its offset.
/// </summary>
public sealed class UtcTimestamps : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Null when the text is no RFC 3339 time with an offset.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is not { Length: >= 17 and <= 40 } || text[10] is not ('T' or 't' or ' ')) return null;
        var zoned = text[^1] is 'Z' or 'z' || text[^6] is '+' or '-';
        return zoned && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Parse(reader.GetString()) is { } time
            ? time
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[24];
        value.UtcDateTime.TryFormat(text, out var written, Format, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..written]);
    }
}
