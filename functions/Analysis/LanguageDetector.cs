using System.Text;

namespace Crm.Analysis;

/// <summary>
/// Language identification for 34 languages: scripts decide Japanese, Korean and Chinese; naive Bayes over character n-grams of
/// one to three decides the rest (the profiles of Shuyo's langdetect, 2010).
/// </summary>
public static class LanguageDetector
{
    /// <summary>Shorter texts in an alphabet say too little.</summary>
    private const int FewestLetters = 12;

    private const int FewestHan = 4;
    private const int FewestSyllables = 2;

    /// <summary>More text decides nothing better.</summary>
    private const int MostLetters = 400;

    private const double LowestConfidence = .6;

    private static readonly Lazy<LanguageProfiles> Profiles = new(LanguageProfiles.Load);

    /// <summary>Never throws, whatever the text; links, addresses and digits are left out.</summary>
    public static LanguageGuess Detect(string text)
    {
        var letters = LettersOf(text, out var scripts);
        if (scripts.Kana >= FewestSyllables && 2 * (scripts.Kana + scripts.Han) > scripts.All) return Share("ja", scripts.Kana + scripts.Han, scripts.All);
        if (scripts.Hangul >= FewestSyllables && 2 * (scripts.Hangul + scripts.Han) > scripts.All) return Share("ko", scripts.Hangul + scripts.Han, scripts.All);
        if (scripts.Han >= FewestHan && 2 * scripts.Han > scripts.All) return Share("zh", scripts.Han, scripts.All);
        if (scripts.All < FewestLetters) return LanguageGuess.Undetermined;
        var guess = Profiles.Value.MostLikely(letters);
        return guess.Confidence < LowestConfidence ? LanguageGuess.Undetermined with { Confidence = guess.Confidence } : guess;
    }

    private static LanguageGuess Share(string language, int own, int all) => new(language, (double)own / all);

    /// <summary>Words of letters alone, each between single spaces.</summary>
    private static string LettersOf(string text, out Scripts scripts)
    {
        scripts = default;
        var letters = new StringBuilder(Math.Min(text.Length, MostLetters) + 2).Append(' ');
        foreach (var range in text.AsSpan().SplitAny(' ', '\n', '\r', '\t', '\u00a0', '\u3000'))
        {
            var word = text.AsSpan(range);
            if (word.IsEmpty || word.Contains('@') || word.Contains("://", StringComparison.Ordinal) || word.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var c in word)
            {
                // Marks belong to the letters of Indic scripts, Thai and Arabic.
                if (!char.IsLetter(c) && char.GetUnicodeCategory(c) is not (System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark))
                {
                    if (c != '\'' && c != '’' && letters[^1] != ' ') letters.Append(' ');
                    continue;
                }
                scripts.Count(c);
                letters.Append(c);
                if (scripts.All >= MostLetters) return letters.Append(' ').ToString().Normalize(NormalizationForm.FormC);
            }
            if (letters[^1] != ' ') letters.Append(' ');
        }
        // Vietnamese and others may come decomposed; no surrogate is left that could fail here.
        return letters.ToString().Normalize(NormalizationForm.FormC);
    }

    private struct Scripts
    {
        public int All { get; private set; }

        public int Kana { get; private set; }

        public int Hangul { get; private set; }

        public int Han { get; private set; }

        public void Count(char c)
        {
            All++;
            if (c is >= '\u3040' and <= '\u30ff' or >= '\uff66' and <= '\uff9f') Kana++;
            else if (c is >= '\uac00' and <= '\ud7a3' or >= '\u1100' and <= '\u11ff') Hangul++;
            else if (c is >= '\u4e00' and <= '\u9fff' or >= '\u3400' and <= '\u4dbf') Han++;
        }
    }
}
