using static Crm.Analysis.SentimentWords;

namespace Crm.Analysis;

/// <summary>Rates each word in its surroundings of three words before and two after.</summary>
internal sealed class SentimentRules
{
    private const double Negated = -.74;
    private const double Shouted = .733;

    private readonly string[] _words;
    private readonly string[] _lower;
    private readonly bool _shouting;
    private readonly Dictionary<string, double> _lexicon = SentimentLexicon.Instance.Ratings;

    public SentimentRules(string[] words)
    {
        _words = words;
        _lower = [.. words.Select(w => w.ToLowerInvariant())];
        // Capitals mean something only where not everything is in capitals.
        var shouted = words.Count(IsUpper);
        _shouting = shouted > 0 && shouted < words.Length;
    }

    public double[] Ratings()
    {
        var ratings = new double[_words.Length];
        for (var i = 0; i < _words.Length; i++)
        {
            var modifier = Boosters.ContainsKey(_lower[i]) || (_lower[i] == "kind" && i < _words.Length - 1 && _lower[i + 1] == "of");
            ratings[i] = modifier ? 0 : Rating(i);
        }
        SentimentShift.AtBut(ratings, Array.IndexOf(_lower, "but"));
        return ratings;
    }

    private double Rating(int i)
    {
        if (!_lexicon.TryGetValue(_lower[i], out var rating)) return 0;
        // "no" before a rated word negates it; otherwise it is rated itself.
        var own = rating;
        if (_lower[i] == "no" && i != _words.Length - 1 && _lexicon.ContainsKey(_lower[i + 1])) rating = 0;
        if (Is(i - 1, "no") || Is(i - 2, "no") || (Is(i - 3, "no") && (Is(i - 1, "or") || Is(i - 1, "nor")))) rating = own * Negated;
        if (_shouting && IsUpper(_words[i])) rating += rating > 0 ? Shouted : -Shouted;

        for (var distance = 1; distance <= 3; distance++)
        {
            if (i < distance || _lexicon.ContainsKey(_lower[i - distance])) continue;
            rating += Boost(i - distance, rating) * (distance switch { 1 => 1, 2 => .95, _ => .9 });
            rating = AfterNegation(i, distance, rating);
            if (distance == 3) rating = InPhrase(i, rating);
        }
        return AfterLeast(i, rating);
    }

    private double Boost(int at, double rating)
    {
        if (!Boosters.TryGetValue(_lower[at], out var by)) return 0;
        if (rating < 0) by = -by;
        if (_shouting && IsUpper(_words[at])) by += rating > 0 ? Shouted : -Shouted;
        return by;
    }

    private double AfterNegation(int i, int distance, double rating)
    {
        var word = _lower[i - distance];
        switch (distance)
        {
            case 2 when word == "never" && SoOrThis(i - 1):
            case 3 when (word == "never" && SoOrThis(i - 2)) || SoOrThis(i - 1):
                return rating * 1.25;
            case 2 when word == "without" && Is(i - 1, "doubt"):
            case 3 when word == "without" && (Is(i - 2, "doubt") || Is(i - 1, "doubt")):
                return rating;
            default:
                return Negations.Contains(word) || word.Contains("n't", StringComparison.Ordinal) ? rating * Negated : rating;
        }
    }

    private double InPhrase(int i, double rating)
    {
        var (zero, one, two, three) = (_lower[i], _lower[i - 1], _lower[i - 2], _lower[i - 3]);
        foreach (var phrase in new[] { $"{one} {zero}", $"{two} {one} {zero}", $"{two} {one}", $"{three} {two} {one}", $"{three} {two}" })
        {
            if (!Phrases.TryGetValue(phrase, out var own)) continue;
            rating = own;
            break;
        }
        if (i + 1 < _words.Length && Phrases.TryGetValue($"{zero} {_lower[i + 1]}", out var pair)) rating = pair;
        if (i + 2 < _words.Length && Phrases.TryGetValue($"{zero} {_lower[i + 1]} {_lower[i + 2]}", out var triple)) rating = triple;
        foreach (var phrase in new[] { $"{three} {two} {one}", $"{three} {two}", $"{two} {one}" }) rating += Boosters.GetValueOrDefault(phrase);
        return rating;
    }

    private double AfterLeast(int i, double rating) =>
        Is(i - 1, "least") && !_lexicon.ContainsKey("least") && !(i > 1 && (Is(i - 2, "at") || Is(i - 2, "very"))) ? rating * Negated : rating;

    private bool SoOrThis(int at) => _lower[at] is "so" or "this";

    private bool Is(int at, string word) => at >= 0 && _lower[at] == word;

    private static bool IsUpper(string word) => word.Any(char.IsUpper) && !word.Any(char.IsLower);
}
