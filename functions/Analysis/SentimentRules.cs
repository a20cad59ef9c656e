namespace Crm.Analysis;

/// <summary>Rates each word in its surroundings of three words before and two after.</summary>
internal readonly ref struct SentimentRules
{
    private const double Negated = -.74;
    private const double Shouted = .733;

    private readonly ReadOnlySpan<SentimentWord> _words;
    private readonly bool _shouting;

    private SentimentRules(ReadOnlySpan<SentimentWord> words)
    {
        _words = words;
        var shouted = 0;
        foreach (var word in words) shouted += word.Shouted ? 1 : 0;
        // Capitals mean something only where not everything is in capitals.
        _shouting = shouted > 0 && shouted < words.Length;
    }

    /// <param name="ratings">One for each word.</param>
    public static void Rate(ReadOnlySpan<SentimentWord> words, Span<double> ratings)
    {
        var rules = new SentimentRules(words);
        var but = -1;
        for (var i = 0; i < words.Length; i++)
        {
            ratings[i] = rules.IsOnlyModifier(i) ? 0 : rules.Rating(i);
            if (but < 0 && words[i].Is("but")) but = i;
        }
        if (but >= 0) SentimentShift.AtBut(ratings, but);
    }

    private bool IsOnlyModifier(int i) => _words[i].Booster != 0 || (_words[i].Is("kind") && i + 1 < _words.Length && _words[i + 1].Is("of"));

    private double Rating(int i)
    {
        if (_words[i].Rating is not { } own) return 0;
        // "no" before a rated word negates it; otherwise it is rated itself.
        var rating = _words[i].Is("no") && i + 1 < _words.Length && _words[i + 1].Rating is not null ? 0 : own;
        if (Is(i - 1, "no") || Is(i - 2, "no") || (Is(i - 3, "no") && (Is(i - 1, "or") || Is(i - 1, "nor")))) rating = own * Negated;
        if (_shouting && _words[i].Shouted) rating += rating > 0 ? Shouted : -Shouted;

        for (var distance = 1; distance <= 3 && distance <= i; distance++)
        {
            if (_words[i - distance].Rating is not null) continue;
            rating += Boost(i - distance, rating) * (distance switch { 1 => 1, 2 => .95, _ => .9 });
            rating = AfterNegation(i, distance, rating);
            if (distance == 3) rating = InPhrase(i, rating);
        }
        return AfterLeast(i, rating);
    }

    private double Boost(int at, double rating)
    {
        var by = _words[at].Booster;
        if (by == 0) return 0;
        if (rating < 0) by = -by;
        if (_shouting && _words[at].Shouted) by += rating > 0 ? Shouted : -Shouted;
        return by;
    }

    private double AfterNegation(int i, int distance, double rating)
    {
        var word = _words[i - distance];
        switch (distance)
        {
            // In the authors' program "so" or "this" right before strengthens, whatever stands three words before; their scores come from it.
            case 2 when word.Is("never") && IsSoOrThis(i - 1):
            case 3 when (word.Is("never") && IsSoOrThis(i - 2)) || IsSoOrThis(i - 1):
                return rating * 1.25;
            case 2 when word.Is("without") && Is(i - 1, "doubt"):
            case 3 when word.Is("without") && (Is(i - 2, "doubt") || Is(i - 1, "doubt")):
                return rating;
            default:
                return word.Negates ? rating * Negated : rating;
        }
    }

    private double InPhrase(int i, double rating)
    {
        if (Phrase(i - 1, i) is { } pair) rating = pair;
        else if (Phrase(i - 2, i) is { } triple) rating = triple;
        else if (Phrase(i - 2, i - 1) is { } pairBefore) rating = pairBefore;
        else if (Phrase(i - 3, i - 1) is { } tripleBefore) rating = tripleBefore;
        else if (Phrase(i - 3, i - 2) is { } pairLongBefore) rating = pairLongBefore;
        if (Phrase(i, i + 1) is { } pairFrom) rating = pairFrom;
        if (Phrase(i, i + 2) is { } tripleFrom) rating = tripleFrom;
        return rating + SentimentPhrases.BoosterIn(_words[(i - 3)..(i - 1)]) + SentimentPhrases.BoosterIn(_words[(i - 2)..i]);
    }

    private double? Phrase(int first, int last) =>
        last < _words.Length && SentimentPhrases.TryGetRating(_words[first..(last + 1)], out var rating) ? rating : null;

    private double AfterLeast(int i, double rating) => Is(i - 1, "least") && !Is(i - 2, "at") && !Is(i - 2, "very") ? rating * Negated : rating;

    private bool IsSoOrThis(int at) => Is(at, "so") || Is(at, "this");

    private bool Is(int at, string word) => at >= 0 && _words[at].Is(word);
}
