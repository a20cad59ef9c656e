using System.Numerics;

namespace Crm.Analysis;

/// <summary>What each n-gram of one to three letters says for each language: a fixed hash table from n-gram to weights.</summary>
internal sealed class LanguageNgrams
{
    private readonly ulong[] _keys;
    private readonly int[] _starts;
    private readonly byte[] _languages;
    private readonly float[] _weights;
    private readonly int _shift;

    /// <param name="evidence">In any order; an n-gram and language come once.</param>
    public LanguageNgrams(ReadOnlySpan<Evidence> evidence)
    {
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(evidence.Length, 1) + 1);
        _shift = 64 - BitOperations.Log2(size);
        _keys = new ulong[size];
        _starts = new int[size + 1];
        _languages = new byte[evidence.Length];
        _weights = new float[evidence.Length];

        // Count, sum up, fill: each slot's weights stand side by side.
        foreach (var e in evidence) _starts[Claim(e.Ngram) + 1]++;
        for (var i = 1; i < _starts.Length; i++) _starts[i] += _starts[i - 1];
        var next = _starts.AsSpan(0, _keys.Length).ToArray();
        foreach (var e in evidence)
        {
            var at = next[Slot(e.Ngram)]++;
            _languages[at] = e.Language;
            _weights[at] = e.Weight;
        }
    }

    /// <summary>Never 0 for an n-gram of letters.</summary>
    public static ulong KeyOf(ReadOnlySpan<char> ngram)
    {
        var key = 0ul;
        foreach (var c in ngram) key = (key << 16) | c;
        return key;
    }

    /// <param name="letters">Words between spaces.</param>
    /// <param name="scores">By language; added to.</param>
    public void Weigh(ReadOnlySpan<char> letters, Span<double> scores)
    {
        // An n-gram has a space at its ends only.
        ulong last = ' ', beforeLast = 0;
        foreach (var c in letters)
        {
            if (c != ' ') Add(c, scores);
            if (c != ' ' || last != ' ')
            {
                Add((last << 16) | c, scores);
                if (beforeLast != 0) Add((beforeLast << 32) | (last << 16) | c, scores);
            }
            (beforeLast, last) = (c == ' ' ? 0 : last, c);
        }
    }

    private void Add(ulong ngram, Span<double> scores)
    {
        var slot = Slot(ngram);
        var end = _starts[slot + 1];
        for (var i = _starts[slot]; i < end; i++) scores[_languages[i]] += _weights[i];
    }

    /// <summary>Of the n-gram, or the empty one where it would be.</summary>
    private int Slot(ulong ngram)
    {
        var slot = (int)((ngram * 0x9E3779B97F4A7C15) >> _shift);
        while (_keys[slot] != ngram && _keys[slot] != 0) slot = (slot + 1) & (_keys.Length - 1);
        return slot;
    }

    private int Claim(ulong ngram)
    {
        var slot = Slot(ngram);
        _keys[slot] = ngram;
        return slot;
    }

    /// <param name="Weight">How much more likely the n-gram is in the language than where it was never seen, as a logarithm.</param>
    public readonly record struct Evidence(ulong Ngram, byte Language, float Weight);
}
