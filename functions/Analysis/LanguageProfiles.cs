using System.Runtime.InteropServices;

namespace Crm.Analysis;

/// <summary>Naive Bayes over how often each n-gram of letters stands in each language.</summary>
internal sealed class LanguageProfiles
{
    private const string Folder = "Analysis/Languages/";

    /// <summary>
    /// An n-gram is no independent witness, its neighbours share its letters. With 3 the confidence in two to four words is the share
    /// of them that is told right.
    /// </summary>
    private const double Damping = 3;

    private readonly string[] _languages;
    private readonly LanguageNgrams _ngrams;

    private LanguageProfiles(string[] languages, LanguageNgrams ngrams) => (_languages, _ngrams) = (languages, ngrams);

    /// <summary>Of all profiles in the assembly; the name of each is its language.</summary>
    public static LanguageProfiles Load()
    {
        var assembly = typeof(LanguageProfiles).Assembly;
        var names = Array.FindAll(assembly.GetManifestResourceNames(), n => n.StartsWith(Folder, StringComparison.Ordinal));
        Array.Sort(names, StringComparer.Ordinal);
        var evidence = new List<LanguageNgrams.Evidence>(90_000);
        for (var language = 0; language < names.Length; language++)
        {
            using var stream = assembly.GetManifestResourceStream(names[language])!;
            var json = new byte[stream.Length];
            stream.ReadExactly(json);
            LanguageProfile.Read(json, (byte)language, evidence);
        }
        var ngrams = new LanguageNgrams(CollectionsMarshal.AsSpan(evidence));
        return new LanguageProfiles(Array.ConvertAll(names, n => Path.GetFileNameWithoutExtension(n)), ngrams);
    }

    /// <param name="letters">Words between spaces, in the spelling of the profiles.</param>
    /// <param name="leastEvidence">That the best language must have for each letter, as a logarithm.</param>
    /// <returns>The most likely language, and its share of the likelihood of all; undetermined when the letters are like no language.</returns>
    public LanguageGuess MostLikely(ReadOnlySpan<char> letters, double leastEvidence)
    {
        Span<double> scores = stackalloc double[_languages.Length];
        scores.Clear();
        _ngrams.Weigh(letters, scores);
        var best = 0;
        for (var l = 1; l < scores.Length; l++)
        {
            if (scores[l] > scores[best]) best = l;
        }
        if (scores[best] <= leastEvidence * (letters.Length - letters.Count(' '))) return LanguageGuess.Undetermined;
        var all = 0d;
        foreach (var score in scores) all += Math.Exp((score - scores[best]) / Damping);
        return new LanguageGuess(_languages[best], 1 / all);
    }
}
