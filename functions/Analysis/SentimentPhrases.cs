namespace Crm.Analysis;

/// <summary>Phrases of two or three words that mean something else than their words.</summary>
internal static class SentimentPhrases
{
    private const int Longest = 32;
    private const double Less = -.293;

    private static readonly Dictionary<string, double> Ratings = new(StringComparer.Ordinal)
    {
        ["the shit"] = 3,
        ["the bomb"] = 3,
        ["bad ass"] = 1.5,
        ["bus stop"] = 0,
        ["yeah right"] = -2,
        ["kiss of death"] = -1.5,
        ["to die for"] = 3,
        ["beating heart"] = 3.1,
        ["broken heart"] = -2.9,
    };

    private static readonly Dictionary<string, double> Boosters = new(StringComparer.Ordinal) { ["just enough"] = Less, ["kind of"] = Less, ["sort of"] = Less };

    private static readonly Dictionary<string, double>.AlternateLookup<ReadOnlySpan<char>> RatingOf = Ratings.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly Dictionary<string, double>.AlternateLookup<ReadOnlySpan<char>> BoosterOf = Boosters.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IEnumerable<string> Words => Ratings.Keys.Concat(Boosters.Keys).SelectMany(p => p.Split(' ')).Distinct();

    public static bool TryGetRating(ReadOnlySpan<SentimentWord> words, out double rating)
    {
        rating = 0;
        return TryJoin(words, stackalloc char[Longest], out var phrase) && RatingOf.TryGetValue(phrase, out rating);
    }

    /// <summary>0 when it is none.</summary>
    public static double BoosterIn(ReadOnlySpan<SentimentWord> words) =>
        TryJoin(words, stackalloc char[Longest], out var phrase) && BoosterOf.TryGetValue(phrase, out var by) ? by : 0;

    /// <summary>False when a word is in no phrase, or all are longer than any.</summary>
    private static bool TryJoin(ReadOnlySpan<SentimentWord> words, Span<char> buffer, out ReadOnlySpan<char> phrase)
    {
        phrase = default;
        var length = 0;
        foreach (var word in words)
        {
            if (word.Modifier is not { } modifier || length + modifier.Length + 1 > buffer.Length) return false;
            if (length > 0) buffer[length++] = ' ';
            modifier.CopyTo(buffer[length..]);
            length += modifier.Length;
        }
        phrase = buffer[..length];
        return true;
    }
}
