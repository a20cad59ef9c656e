using System.Text.Json;

namespace Crm.Analysis;

/// <summary>
/// One language's profile, a JSON file of langdetect: <c>freq</c> has the count of each n-gram, <c>n_words</c> the count of all
/// n-grams of one, two and three letters.
/// </summary>
internal static class LanguageProfile
{
    /// <summary>The probability of an n-gram that a profile does not have; the rarest that one has is near .0001.</summary>
    private const double Unseen = 2e-5;

    private const int Longest = 3;

    /// <param name="evidence">The n-grams are added here.</param>
    public static void Read(ReadOnlySpan<byte> json, byte language, List<LanguageNgrams.Evidence> evidence)
    {
        Span<double> totals = stackalloc double[Longest];
        ReadTotals(json, totals);
        var reader = At(json, "freq"u8);
        Span<char> ngram = stackalloc char[16];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var length = reader.CopyString(ngram);
            reader.Read();
            if (length is 0 or > Longest) continue;
            var probability = reader.GetInt64() / totals[length - 1];
            evidence.Add(new(LanguageNgrams.KeyOf(ngram[..length]), language, (float)(TrustIn(length) * Math.Log((probability + Unseen) / Unseen))));
        }
    }

    /// <summary>A longer n-gram tells languages better apart, and says again what its parts say.</summary>
    private static double TrustIn(int length) => length switch { 1 => .25, 2 => .5, _ => 1 };

    private static void ReadTotals(ReadOnlySpan<byte> json, Span<double> totals)
    {
        var reader = At(json, "n_words"u8);
        foreach (ref var total in totals)
        {
            reader.Read();
            total = reader.GetInt64();
        }
    }

    private static Utf8JsonReader At(ReadOnlySpan<byte> json, ReadOnlySpan<byte> property)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(property);
            reader.Read();
            if (found) return reader;
            reader.Skip();
        }
        throw new InvalidDataException("A language profile lacks what it must have.");
    }
}
