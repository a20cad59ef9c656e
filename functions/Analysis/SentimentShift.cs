namespace Crm.Analysis;

/// <summary>After "but" a text means it: what stands before counts half, what follows half more.</summary>
internal static class SentimentShift
{
    private const double Before = .5;
    private const double After = 1.5;

    /// <summary>
    /// The authors' program looks each rating up by its value, so that of equal ratings the first one left is shifted; kept so,
    /// because their published scores come from it.
    /// </summary>
    /// <param name="but">Its index.</param>
    public static void AtBut(Span<double> ratings, int but)
    {
        // Zero stays zero wherever it stands.
        var places = new Dictionary<double, SortedSet<int>>();
        for (var i = 0; i < ratings.Length; i++)
        {
            if (ratings[i] != 0) Add(places, ratings[i], i);
        }
        for (var i = 0; i < ratings.Length; i++)
        {
            var rating = ratings[i];
            if (rating == 0) continue;
            var first = places[rating].Min;
            if (first == but) continue;
            places[rating].Remove(first);
            ratings[first] = rating * (first < but ? Before : After);
            Add(places, ratings[first], first);
        }
    }

    private static void Add(Dictionary<double, SortedSet<int>> places, double rating, int at)
    {
        if (!places.TryGetValue(rating, out var set)) places[rating] = set = [];
        set.Add(at);
    }
}
