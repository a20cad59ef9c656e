using System.Text.Json;

namespace Crm.Bench.Load;

/// <summary>Tells whether an answer names the receipt it acknowledges.</summary>
internal static class ReceiptAnswer
{
    /// <summary>Whether <paramref name="body"/> is a JSON object with a text <c>receiptId</c> that is not empty.</summary>
    public static bool NamesReceipt(ReadOnlySpan<byte> body)
    {
        var found = false;
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
                var isReceipt = reader.ValueTextEquals("receiptId"u8);
                reader.Read();
                found |= isReceipt && reader.TokenType == JsonTokenType.String && !reader.ValueSpan.IsEmpty;
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return found;
    }
}
