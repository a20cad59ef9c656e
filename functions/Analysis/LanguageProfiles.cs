using System.Runtime.InteropServices;
using System.Text.Json;

namespace Crm.Analysis;

/// <summary>How often each n-gram stands in each language, as differences of log likelihood to an n-gram never seen.</summary>
internal sealed class LanguageProfiles
{
    private const string Folder = "Analysis/Languages/";

    /// <summary>The probability of an n-gram that a profile does not have.</summary>
    private const double Unseen = .5e-4;

    /// <summary>An n-gram is no independent witness: its parts are counted too.</summary>
    private const double Damping = 3;

    private readonly string[] _languages;
    private readonly Dictionary<ulong, Range> _ranges;
    private readonly Weight[] _weights;

    private LanguageProfiles(string[] languages, Dictionary<ulong, Range> ranges, Weight[] weights) =>
        (_languages, _ranges, _weights) = (languages, ranges, weights);

    public static LanguageProfiles Load()
    {
        var assembly = typeof(LanguageProfiles).Assembly;
        var resources = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        var found = new Dictionary<ulong, List<Weight>>(150_000);
        for (var language = 0; language < resources.Count; language++)
        {
            using var stream = assembly.GetManifestResourceStream(resources[language])!;
            using var profile = JsonDocument.Parse(stream);
            var totals = profile.RootElement.GetProperty("n_words").EnumerateArray().Select(n => n.GetDouble()).ToArray();
            foreach (var entry in profile.RootElement.GetProperty("freq").EnumerateObject())
            {
                var gram = entry.Name;
                if (gram.Length is 0 or > 3) continue;
                var probability = entry.Value.GetDouble() / totals[gram.Length - 1];
                ref var weights = ref CollectionsMarshal.GetValueRefOrAddDefault(found, KeyOf(gram), out _);
                (weights ??= []).Add(new Weight((byte)language, (float)Math.Log((probability + Unseen) / Unseen)));
            }
        }
        var ranges = new Dictionary<ulong, Range>(found.Count);
        var all = new Weight[found.Values.Sum(w => w.Count)];
        var next = 0;
        foreach (var (key, weights) in found)
        {
            weights.CopyTo(all, next);
            ranges[key] = new Range(next, next += weights.Count);
        }
        return new LanguageProfiles([.. resources.Select(r => Path.GetFileNameWithoutExtension(r))], ranges, all);
    }

    /// <param name="letters">Words between single spaces.</param>
    public LanguageGuess MostLikely(string letters)
    {
        Span<double> scores = stackalloc double[_languages.Length];
        scores.Clear();
        for (var i = 0; i < letters.Length; i++)
        {
            for (var length = 1; length <= 3 && i + length <= letters.Length; length++)
            {
                var gram = letters.AsSpan(i, length);
                // Across two words, or a space alone.
                if (gram is " " || (length > 2 && gram[1] == ' ')) break;
                if (!_ranges.TryGetValue(KeyOf(gram), out var range)) continue;
                foreach (var weight in _weights.AsSpan(range)) scores[weight.Language] += weight.Difference;
                if (length > 1 && gram[^1] == ' ') break;
            }
        }
        var best = 0;
        for (var l = 1; l < scores.Length; l++)
        {
            if (scores[l] > scores[best]) best = l;
        }
        if (scores[best] == 0) return LanguageGuess.Undetermined;
        var sum = 0d;
        foreach (var score in scores) sum += Math.Exp((score - scores[best]) / Damping);
        return new LanguageGuess(_languages[best], 1 / sum);
    }

    private static ulong KeyOf(ReadOnlySpan<char> gram)
    {
        var key = 0ul;
        foreach (var c in gram) key = (key << 16) | c;
        return key;
    }

    private readonly record struct Weight(byte Language, float Difference);
}
