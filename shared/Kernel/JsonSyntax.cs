using System.Text;
using System.Text.Json;

namespace Crm.Kernel;

/// <summary>
/// Looks through JSON text for what a deserializer reports without a place, or not at all: syntax, depth, duplicate
/// names, text that is not Unicode.
/// </summary>
public static class JsonSyntax
{
    /// <summary>Null when the text is sound.</summary>
    public static Problem? Check(ReadOnlySpan<byte> utf8)
    {
        // One level more than is allowed, so that too deep is told from malformed.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = CrmJson.MaxDepth + 1 });
        var path = new Stack<Level>();
        try
        {
            while (reader.Read())
            {
                if (Visit(ref reader, path) is { } fault) return fault;
            }
            return null;
        }
        catch (JsonException e)
        {
            return Problems.MalformedJson(
                FormattableString.Invariant($"It breaks off or is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."),
                FieldError.At(PointerTo(path), "expected valid JSON from here on"));
        }
    }

    private static Problem? Visit(ref Utf8JsonReader reader, Stack<Level> path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Next(path);
                if (path.Count == CrmJson.MaxDepth)
                {
                    return Problems.MalformedJson($"It is nested deeper than {CrmJson.MaxDepth} levels.", FieldError.At(PointerTo(path), "expected fewer levels"));
                }
                path.Push(new Level(reader.TokenType == JsonTokenType.StartObject ? [] : null));
                return null;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                path.Pop();
                return null;
            case JsonTokenType.PropertyName:
                var name = Text(ref reader);
                if (name is null) return NotUnicode(path);
                var level = path.Peek();
                if (level.Names!.Add(name)) { level.Name = name; return null; }
                level.Name = name;
                return Problems.MalformedJson("A name stands twice in one object.", FieldError.At(PointerTo(path), "expected each name once"));
            case JsonTokenType.String:
                Next(path);
                return Text(ref reader) is null ? NotUnicode(path) : null;
            default:
                Next(path);
                return null;
        }
    }

    private static void Next(Stack<Level> path)
    {
        if (path.TryPeek(out var level) && level.Names is null) level.Index++;
    }

    private static Problem NotUnicode(Stack<Level> path) =>
        Problems.MalformedJson("A text is not valid Unicode (an invalid UTF-8 sequence or half of a surrogate pair).", FieldError.At(PointerTo(path), "expected valid Unicode text"));

    private static string? Text(ref Utf8JsonReader reader)
    {
        try { return reader.GetString(); }
        catch (InvalidOperationException) { return null; }
    }

    private static string PointerTo(Stack<Level> path)
    {
        var pointer = new StringBuilder();
        foreach (var level in path.Reverse())
        {
            if (level.Names is not null && level.Name is null) break;
            pointer.Append('/').Append(level.Names is null ? level.Index.ToString(System.Globalization.CultureInfo.InvariantCulture) : JsonPointer.Escape(level.Name!));
        }
        return pointer.ToString();
    }

    private sealed class Level(HashSet<string>? names)
    {
        public HashSet<string>? Names { get; } = names;

        public string? Name { get; set; }

        public int Index { get; set; } = -1;
    }
}
