namespace Crm.Analysis;

/// <summary>
/// Language identification for 34 languages: scripts decide Japanese, Korean and Chinese; naive Bayes over character n-grams of
/// one to three decides the rest (the profiles of Shuyo's langdetect, 2010).
/// </summary>
public static class LanguageDetector
{
    /// <summary>Shorter texts in an alphabet say too little.</summary>
    private const int FewestLetters = 12;

    /// <summary>A laugh or a key held down is no language.</summary>
    private const int LeastVariety = 5;

    /// <summary>For each Latin letter: texts of a language have 8.5 (one in a hundred under 5.6), keys struck at random 4.</summary>
    private const double LeastEvidence = 4.5;

    /// <summary>More likely than all others together.</summary>
    private const double LowestConfidence = .5;

    private static readonly Lazy<LanguageProfiles> Profiles = new(LanguageProfiles.Load);

    /// <summary>Never throws, whatever the text; links, addresses and digits are left out.</summary>
    public static LanguageGuess Detect(string text)
    {
        var letters = LanguageLetters.Of(text, stackalloc char[LanguageLetters.Room]);
        if (letters.Scripts.IsMostlyEastAsian) return EastAsianLanguage.Of(letters.Scripts);
        if (letters.Scripts.Alphabet < FewestLetters || letters.Variety < LeastVariety) return LanguageGuess.Undetermined;
        var guess = Profiles.Value.MostLikely(letters.Letters, letters.Scripts.IsMostlyLatin ? LeastEvidence : 0);
        return guess.Confidence < LowestConfidence ? LanguageGuess.Undetermined with { Confidence = guess.Confidence } : guess;
    }
}
