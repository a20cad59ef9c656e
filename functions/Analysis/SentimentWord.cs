namespace Crm.Analysis;

/// <summary>One word or emoticon of a text, and all that the rules ask of it.</summary>
/// <param name="Rating">In the lexicon; null when it is not there.</param>
/// <param name="Modifier">The word itself in small letters when a rule names it, else null.</param>
/// <param name="Booster">How much it strengthens (or weakens, below 0) what follows.</param>
/// <param name="Negates">Whether it turns what follows.</param>
/// <param name="Shouted">Whether it is in capitals.</param>
internal readonly record struct SentimentWord(double? Rating, string? Modifier, double Booster, bool Negates, bool Shouted)
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary>No word of the lexicon or the rules is longer.</summary>
    private const int Longest = 32;

    /// <param name="token">Without white space. Punctuation around a word goes, an emoticon stays.</param>
    public static SentimentWord Of(ReadOnlySpan<char> token)
    {
        var word = token.Trim(Punctuation);
        if (word.Length <= 2) word = token;
        if (word.Length > Longest) return new(null, null, 0, HasNot(word), IsShouted(word));

        Span<char> small = stackalloc char[word.Length];
        word.ToLowerInvariant(small);
        double? rating = SentimentLexicon.TryGetRating(small, out var found) ? found : null;
        var modifier = SentimentWords.TryGetModifier(small, out var known) ? known : default;
        return new(rating, modifier.Word, modifier.Booster, modifier.Negates || HasNot(small), IsShouted(word));
    }

    public bool Is(string word) => Modifier == word;

    private static bool HasNot(ReadOnlySpan<char> word) => word.Contains("n't", StringComparison.OrdinalIgnoreCase);

    private static bool IsShouted(ReadOnlySpan<char> word)
    {
        var upper = false;
        foreach (var c in word)
        {
            if (char.IsLower(c)) return false;
            upper |= char.IsUpper(c);
        }
        return upper;
    }
}
