using System.Globalization;
using System.Text.Json;
using Crm.Kernel;
using Crm.Model;

namespace Crm.Channels;

/// <summary>Reads a sender's JSON without ever failing on another kind of value: it is then as if it were missing.</summary>
public static class ReadJson
{
    public const int MaxName = 200;
    public const int MaxText = 100_000;

    /// <summary>Parsed, or why not.</summary>
    public static (JsonDocument? Document, MappedItem.Quarantined? Fault) Document(ReadOnlyMemory<byte> body, int index = 0) =>
        JsonSyntax.Check(body.Span) is { } fault
            ? (null, new MappedItem.Quarantined(index, "malformed-json", fault.Detail))
            : (JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = CrmJson.MaxDepth + 1 }), null);

    public static string? Text(this JsonElement element, string name, int max = MaxName) =>
        element.Member(name, JsonValueKind.String) is { } value ? Cut(value.GetString(), max) : null;

    public static JsonElement? Object(this JsonElement element, string name) => element.Member(name, JsonValueKind.Object);

    /// <summary>The items of an array; none where it is missing.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name, JsonValueKind.Array) is { } list ? list.EnumerateArray() : [];

    public static bool IsTrue(this JsonElement element, string name) => element.Member(name, JsonValueKind.True) is not null;

    /// <summary>Unix seconds, as a number or as a text, with or without a fraction; null when it is no time from 1970 to 2100.</summary>
    public static DateTimeOffset? UnixTime(this JsonElement element, string name)
    {
        var text = element.Member(name, JsonValueKind.Number)?.GetRawText() ?? element.Text(name);
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 4_102_444_800m
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
    }

    /// <summary>The sender's time, or the time of receipt with a warning where it is missing or more than a day ahead.</summary>
    public static DateTimeOffset TimeOr(DateTimeOffset? said, DateTimeOffset receivedAt, List<string> warnings)
    {
        if (said is { } time && time <= receivedAt.AddHours(24)) return time.ToUniversalTime();
        warnings.Add(said is null ? "timestamp missing or unreadable: the time of receipt stands in" : "timestamp more than a day ahead: the time of receipt stands in");
        return receivedAt;
    }

    /// <summary>An object's members without those that have a place of their own; null when none is left.</summary>
    public static JsonElement? Rest(this JsonElement element, Func<string, bool> known)
    {
        var rest = element.EnumerateObject().Where(p => !known(p.Name)).ToList();
        if (rest.Count == 0) return null;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, CrmJson.Writer))
        {
            json.WriteStartObject();
            foreach (var property in rest) property.WriteTo(json);
            json.WriteEndObject();
        }
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    public static Identity? Known(string? address, string? region) => Identity.Email(address) ?? Identity.Phone(address, region);

    /// <summary>Not between the halves of a surrogate pair.</summary>
    public static string? Cut(string? text, int max) =>
        text is null || text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];

    private static JsonElement? Member(this JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
