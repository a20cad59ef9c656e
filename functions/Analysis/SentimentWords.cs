namespace Crm.Analysis;

/// <summary>The words that change how other words are rated (Hutto and Gilbert 2014, section 3).</summary>
internal static class SentimentWords
{
    private const double More = .293;
    private const double Less = -.293;

    private static readonly string[] Negations =
    [
        "aint", "arent", "cannot", "cant", "couldnt", "darent", "didnt", "doesnt", "ain't", "aren't", "can't", "couldn't", "daren't", "didn't", "doesn't",
        "dont", "hadnt", "hasnt", "havent", "isnt", "mightnt", "mustnt", "neither", "don't", "hadn't", "hasn't", "haven't", "isn't", "mightn't", "mustn't",
        "neednt", "needn't", "never", "none", "nope", "nor", "not", "nothing", "nowhere", "oughtnt", "shant", "shouldnt", "uhuh", "wasnt", "werent",
        "oughtn't", "shan't", "shouldn't", "uh-uh", "wasn't", "weren't", "without", "wont", "wouldnt", "won't", "wouldn't", "rarely", "seldom", "despite",
    ];

    private static readonly string[] Strengthening =
    [
        "absolutely", "amazingly", "awfully", "completely", "considerable", "considerably", "decidedly", "deeply", "effing", "enormous", "enormously",
        "entirely", "especially", "exceptional", "exceptionally", "extreme", "extremely", "fabulously", "flipping", "flippin", "frackin", "fracking",
        "fricking", "frickin", "frigging", "friggin", "fully", "fuckin", "fucking", "fuggin", "fugging", "greatly", "hella", "highly", "hugely",
        "incredible", "incredibly", "intensely", "major", "majorly", "more", "most", "particularly", "purely", "quite", "really", "remarkably", "so",
        "substantially", "thoroughly", "total", "totally", "tremendous", "tremendously", "uber", "unbelievably", "unusually", "utter", "utterly", "very",
    ];

    private static readonly string[] Weakening =
    [
        "almost", "barely", "hardly", "kinda", "kindof", "kind-of", "less", "little", "marginal", "marginally", "occasional",
        "occasionally", "partly", "scarce", "scarcely", "slight", "slightly", "somewhat", "sorta", "sortof", "sort-of",
    ];

    /// <summary>Named by a rule of their own.</summary>
    private static readonly string[] Others = ["no", "or", "so", "this", "doubt", "least", "at", "but", "kind", "of"];

    private static readonly Dictionary<string, Modifier>.AlternateLookup<ReadOnlySpan<char>> Modifiers = All().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="word">In small letters.</param>
    public static bool TryGetModifier(ReadOnlySpan<char> word, out Modifier modifier) => Modifiers.TryGetValue(word, out modifier);

    private static Dictionary<string, Modifier> All()
    {
        var all = new Dictionary<string, Modifier>(StringComparer.Ordinal);
        foreach (var word in Others.Concat(SentimentPhrases.Words)) all[word] = new(word, 0, false);
        foreach (var word in Strengthening) all[word] = new(word, More, false);
        foreach (var word in Weakening) all[word] = new(word, Less, false);
        foreach (var word in Negations) all[word] = new(word, 0, true);
        return all;
    }

    public readonly record struct Modifier(string Word, double Booster, bool Negates);
}
