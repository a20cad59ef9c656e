using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Crm.Ports;

namespace Crm.Adapters.Sqlite;

internal static class DocumentBody
{
    /// <exception cref="ArgumentException">Not a UTF-8 JSON object, or its id or partition property is not the key's.</exception>
    public static void Check(ReadOnlySpan<byte> json, DocumentKey key, string partitionProperty)
    {
        if (!Utf8.IsValid(json)) throw new ArgumentException("A document is UTF-8.", nameof(json));
        var (hasId, hasPartition) = (false, false);
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new ArgumentException("A document is a JSON object.", nameof(json));
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // With one property for both, both are checked.
                var (isId, isPartition) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals(partitionProperty));
                reader.Read();
                if (isId) hasId = Is(ref reader, key.Id, "id");
                if (isPartition) hasPartition = Is(ref reader, key.Partition, partitionProperty);
                reader.Skip();
            }
            // Nothing may follow the object.
            reader.Read();
        }
        catch (JsonException error)
        {
            throw new ArgumentException("A document is a JSON object.", nameof(json), error);
        }
        if (!hasId) throw new ArgumentException("The document has no id.", nameof(json));
        if (!hasPartition) throw new ArgumentException($"The document has no {partitionProperty}.", nameof(json));
    }

    public static byte[] Tombstone(DocumentKey key, string partitionProperty) => Encoding.UTF8.GetBytes(
        partitionProperty == "id"
            ? $$"""{"id":"{{key.Id}}","deleted":true}"""
            : $$"""{"id":"{{key.Id}}","{{partitionProperty}}":"{{key.Partition}}","deleted":true}""");

    private static bool Is(ref Utf8JsonReader reader, string expected, string property) =>
        reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(expected)
            ? true
            : throw new ArgumentException($"The document's {property} is not the key's.", nameof(reader));
}
