using Crm.Ports;

namespace Crm.Search;

/// <summary>
/// Joins the postings of all wanted things, then reads rows, the best promise first, until the page is sure. The rows decide.
/// </summary>
internal sealed class FindEntries(IDocuments documents)
{
    /// <summary>Rows read for one reading; hits beyond are not reached.</summary>
    public const int MostRows = 500;

    private const int RowsAtOnce = 32;

    private readonly DistinctWords distinct = new(documents);

    public async Task<SearchAnswer> Find(SearchQuery query, CancellationToken token)
    {
        foreach (var reading in Reading.Of(query.Text))
        {
            var answer = await Find(query, reading, token);
            if (answer.Hits.Count > 0 || answer.More) return answer;
        }
        return new SearchAnswer([], false);
    }

    private async Task<SearchAnswer> Find(SearchQuery query, IReadOnlyList<Wanted> reading, CancellationToken token)
    {
        var needed = query.Skip + query.Limit + 1;
        var candidates = reading.Select(w => new Candidates(documents, query.Scope, w)).ToList();
        await Task.WhenAll(candidates.Select(c => c.ReadAsTyped(token)));
        var hits = await Confirmed(query.Scope, reading, candidates, needed, token);
        // Mistyped words rank below all others: with a page full of those, they need not be looked for.
        if (hits.Count < needed && reading.Any(w => w.Mistyped is not null))
        {
            await Task.WhenAll(candidates.Select(c => c.ReadAsMistyped(distinct, token)));
            hits = await Confirmed(query.Scope, reading, candidates, needed, token);
        }
        return new SearchAnswer([.. hits.Skip(query.Skip).Take(query.Limit).Select(h => h.Hit)], hits.Count >= needed);
    }

    private async Task<List<(SearchHit Hit, int Score)>> Confirmed(
        string scope, IReadOnlyList<Wanted> reading, List<Candidates> candidates, int needed, CancellationToken token)
    {
        var promising = Joined(candidates);
        var hits = new List<(SearchHit Hit, int Score)>();
        for (var read = 0; read < Math.Min(promising.Count, MostRows); read += RowsAtOnce)
        {
            // Who was confirmed with no worse a score than the next can have comes before the next.
            if (hits.Count(h => h.Score <= promising[read].Promise) >= needed) break;
            var some = promising.Skip(read).Take(Math.Min(RowsAtOnce, MostRows - read));
            foreach (var row in await Task.WhenAll(some.Select(p => Row(scope, p.Id, token))))
            {
                if (row is { } r && Ranking.Of(r.Id, r.Words, reading) is { } hit) hits.Add(hit);
            }
        }
        return [.. hits.OrderBy(h => h.Score).ThenByDescending(h => h.Hit.Id, StringComparer.Ordinal)];
    }

    /// <summary>Everybody who may have all, with the best score that the postings allow.</summary>
    private static List<(string Id, int Promise)> Joined(List<Candidates> candidates)
    {
        // A complete list holds every hit; when there is none, the smallest one holds the newest of them.
        var lead = candidates.OrderByDescending(c => c.IsComplete).ThenBy(c => c.Found.Count).First();
        var joined = new List<(string Id, int Promise, int Unknown)>();
        foreach (var id in lead.Found.Keys)
        {
            var (promise, unknown) = (0, 0);
            foreach (var one in candidates)
            {
                if (one.Found.TryGetValue(id, out var found)) promise += Ranking.Score(found.Fit, found.Field);
                else unknown += one.IsComplete ? candidates.Count + 1 : 1;
            }
            if (unknown <= candidates.Count) joined.Add((id, promise, unknown));
        }
        return [.. joined.OrderBy(j => j.Promise).ThenBy(j => j.Unknown).ThenByDescending(j => j.Id, StringComparer.Ordinal).Select(j => (j.Id, j.Promise))];
    }

    private async Task<(string Id, IEnumerable<Placed> Words)?> Row(string scope, string id, CancellationToken token) =>
        await documents.Get(Keys.Row(scope, id), SearchJson.Default.SearchRow, token) is { } row ? (id, row.Value.Words.Select(Placed.Parse)) : null;
}
