using System.Text;

namespace Crm.Analysis.Learning;

/// <summary>
/// A text as counted, hashed n-grams: words 1 and 2, letters 2 to 5 within words, and letters 1 to 3 where a script writes no spaces.
/// </summary>
internal static class TextFeatures
{
    /// <summary>Of the words; as many more, from this one on, are of the letters.</summary>
    public const int Buckets = 1 << 17;

    /// <summary>What lies beyond is not read.</summary>
    public const int MaxText = 20_000;

    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>Bucket to count.</summary>
    public static Dictionary<int, int> Of(string text)
    {
        var counts = new Dictionary<int, int>();
        var plain = Plain(text);
        var previous = Range.EndAt(0);
        var at = 0;
        while (at < plain.Length)
        {
            if (!char.IsLetterOrDigit(plain[at]))
            {
                at++;
                continue;
            }
            var start = at;
            var eastern = IsUnspaced(plain[at]);
            while (at < plain.Length && char.IsLetterOrDigit(plain[at]) && IsUnspaced(plain[at]) == eastern) at++;
            var run = plain.AsSpan(start, at - start);
            if (eastern)
            {
                Grams(run, 1, 3, 'c', counts);
                previous = Range.EndAt(0);
                continue;
            }
            Add(counts, 0, Hash(Basis ^ 'w', run));
            if (previous.End.Value > 0) Add(counts, 0, Hash(Hash(Basis ^ 'p', plain.AsSpan(previous)) * Prime, run));
            previous = start..at;
            Grams($" {run} ", 2, 5, 'g', counts);
        }
        return counts;
    }

    private static void Grams(ReadOnlySpan<char> run, int least, int most, char kind, Dictionary<int, int> counts)
    {
        for (var size = least; size <= most; size++)
        {
            for (var from = 0; from + size <= run.Length; from++) Add(counts, Buckets, Hash(Basis ^ kind, run.Slice(from, size)));
        }
    }

    /// <summary>One spelling for full and half width, capitals and composed letters.</summary>
    private static string Plain(string text)
    {
        var whole = new StringBuilder(Math.Min(text.Length, MaxText));
        // Runes, as half a surrogate pair cannot be normalised.
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, MaxText)).EnumerateRunes()) whole.Append(rune.ToString());
        return whole.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    private static bool IsUnspaced(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF') or (>= '\u0E00' and <= '\u0E7F');

    private static uint Hash(uint seed, ReadOnlySpan<char> text)
    {
        var hash = seed;
        foreach (var c in text) hash = (hash ^ c) * Prime;
        return hash;
    }

    private static void Add(Dictionary<int, int> counts, int first, uint hash)
    {
        // The low bits of FNV-1a alone are poor.
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        var bucket = first + (int)((hash ^ (hash >> 16)) & (Buckets - 1));
        counts[bucket] = counts.GetValueOrDefault(bucket) + 1;
    }
}
