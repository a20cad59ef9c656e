using Crm.Ports;

namespace Crm.Search;

/// <summary>
/// Joins the postings of all wanted things, then reads rows, the best promise first, until the page is sure. The rows decide.
/// </summary>
internal sealed class FindEntries(IDocuments documents)
{
    /// <summary>Rows read for one reading; hits beyond are not reached.</summary>
    public const int MostRows = 500;

    /// <summary>Further pages of words that very many have, when a query has several of them and hits are few.</summary>
    private const int MostFurther = 3;

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
        var read = new Dictionary<string, (SearchHit Hit, int Score)?>(StringComparer.Ordinal);
        var hits = await Confirmed(query.Scope, reading, candidates, needed, read, token);
        for (var pages = 0; pages < MostFurther && hits.Count < needed && candidates.Count > 1 && candidates.All(c => !c.IsComplete) && candidates.Any(c => c.HasFurther); pages++)
        {
            await Task.WhenAll(candidates.Select(c => c.ReadFurther(token)));
            hits = await Confirmed(query.Scope, reading, candidates, needed, read, token);
        }
        // Mistyped words rank below all others: with a page full of those, they need not be looked for.
        if (hits.Count < needed && reading.Any(w => w.Mistyped is not null))
        {
            await Task.WhenAll(candidates.Select(c => c.ReadAsMistyped(distinct, token)));
            hits = await Confirmed(query.Scope, reading, candidates, needed, read, token);
        }
        return new SearchAnswer([.. hits.Skip(query.Skip).Take(query.Limit).Select(h => h.Hit)], hits.Count >= needed);
    }

    /// <param name="read">What became of the rows that were read before.</param>
    private async Task<List<(SearchHit Hit, int Score)>> Confirmed(
        string scope, IReadOnlyList<Wanted> reading, List<Candidates> candidates, int needed, Dictionary<string, (SearchHit Hit, int Score)?> read, CancellationToken token)
    {
        var hits = new List<(SearchHit Hit, int Score)>();
        foreach (var some in Join.Of(candidates).Take(MostRows).Chunk(RowsAtOnce))
        {
            // Who was confirmed with no worse a score than the next can have comes before the next.
            if (hits.Count(h => h.Score <= some[0].Promise) >= needed) break;
            var unread = some.Where(p => !read.ContainsKey(p.Id)).ToList();
            foreach (var (id, hit) in await Task.WhenAll(unread.Select(p => Row(scope, p.Id, reading, token)))) read[id] = hit;
            hits.AddRange(some.Select(p => read[p.Id]).OfType<(SearchHit Hit, int Score)>());
        }
        return [.. hits.OrderBy(h => h.Score).ThenByDescending(h => h.Hit.Id, StringComparer.Ordinal)];
    }

    private async Task<(string Id, (SearchHit Hit, int Score)? Hit)> Row(string scope, string id, IReadOnlyList<Wanted> reading, CancellationToken token) =>
        (id, await documents.Get(Keys.Row(scope, id), SearchJson.Default.SearchRow, token) is { } row ? Ranking.Of(id, row.Value.Words.Select(Placed.Parse), reading) : null);
}
