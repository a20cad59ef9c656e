namespace Crm.Search;

/// <summary>Who may have all that is wanted, by what was read of each wanted thing.</summary>
internal static class Join
{
    /// <summary>With the best score that each can have, the best first, in it those of whom most is known, then the newest.</summary>
    public static IReadOnlyList<(string Id, int Promise)> Of(IReadOnlyList<Candidates> candidates)
    {
        // A complete list holds every hit; when there is none, each list may hold one that the others have not come to.
        var lead = candidates.Where(c => c.IsComplete).MinBy(c => c.Found.Count);
        var ids = lead is null ? candidates.SelectMany(c => c.Found.Keys).Distinct() : lead.Found.Keys;
        return
        [
            .. ids.Select(id => One(id, candidates)).OfType<(string Id, int Promise, int Unknown)>()
                .OrderBy(j => j.Promise).ThenBy(j => j.Unknown).ThenByDescending(j => j.Id, StringComparer.Ordinal).Select(j => (j.Id, j.Promise)),
        ];
    }

    /// <summary>Null for one that lacks something.</summary>
    private static (string Id, int Promise, int Unknown)? One(string id, IReadOnlyList<Candidates> candidates)
    {
        if (candidates.Any(c => c.IsComplete && !c.Found.ContainsKey(id))) return null;
        var (promise, unknown) = (0, 0);
        ReadOnlyMemory<byte>? posting = null;
        foreach (var one in candidates)
        {
            if (one.Found.TryGetValue(id, out var found))
            {
                promise += Ranking.Score(found.Fit, found.Field);
                continue;
            }
            posting ??= candidates.First(c => c.Found.ContainsKey(id)).Found[id].Posting;
            var (holding, score) = one.Carries(posting.Value);
            if (holding == Holding.No) return null;
            promise += holding == Holding.Yes ? score : one.BestUnseen;
            if (holding == Holding.Unknown) unknown++;
        }
        return (id, promise, unknown);
    }
}
