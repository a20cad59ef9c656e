namespace Crm.Analysis.Learning;

/// <summary>The n-grams that a model knows, and how rare each is.</summary>
/// <param name="Columns">Bucket to column.</param>
/// <param name="Rarity">Per column: ln((1 + texts) / (1 + texts with it)) + 1.</param>
internal sealed record Vocabulary(IReadOnlyDictionary<int, int> Columns, IReadOnlyList<float> Rarity)
{
    /// <summary>From so many texts on, an n-gram that occurs in a single one is left out: it says little and makes the model large.</summary>
    private const int ManyTexts = 2_000;

    public static Vocabulary Of(IReadOnlyList<Dictionary<int, int>> texts)
    {
        var seen = new SortedDictionary<int, int>();
        foreach (var bucket in texts.SelectMany(t => t.Keys)) seen[bucket] = seen.GetValueOrDefault(bucket) + 1;
        var kept = seen.Where(s => texts.Count < ManyTexts || s.Value > 1).ToList();
        return new(
            kept.Select((s, column) => (s.Key, column)).ToDictionary(c => c.Key, c => c.column),
            [.. kept.Select(s => (float)(Math.Log((1.0 + texts.Count) / (1.0 + s.Value)) + 1))]);
    }

    /// <summary>(1 + ln count) x rarity; words and letters weigh the same, and the whole is of length one.</summary>
    public SparseText Weigh(Dictionary<int, int> counts)
    {
        var found = new List<(int Column, double Value, bool IsWord)>(counts.Count);
        foreach (var (bucket, count) in counts)
        {
            if (Columns.TryGetValue(bucket, out var column)) found.Add((column, (1 + Math.Log(count)) * Rarity[column], bucket < TextFeatures.Buckets));
        }
        found.Sort((a, b) => a.Column.CompareTo(b.Column));
        var words = Math.Sqrt(found.Where(f => f.IsWord).Sum(f => f.Value * f.Value));
        var letters = Math.Sqrt(found.Where(f => !f.IsWord).Sum(f => f.Value * f.Value));
        var whole = words > 0 && letters > 0 ? Math.Sqrt(2) : 1;
        return new([.. found.Select(f => f.Column)], [.. found.Select(f => (float)(f.Value / (whole * (f.IsWord ? words : letters))))]);
    }
}

/// <summary>The columns that are not zero, in order.</summary>
internal sealed record SparseText(int[] Columns, float[] Values);
