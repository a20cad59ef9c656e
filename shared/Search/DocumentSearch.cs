using Crm.Ports;

namespace Crm.Search;

/// <summary>
/// The search over documents, the same on every engine. A query reads ranges of ids inside partitions and rows by their key, never
/// a whole partition: for each word at most 8 pages as typed, 6 further ones where very many have each of the words, and 22 for typing
/// errors, with at most 500 rows after each of these; twice that when an address or a number has to be read again as words. One word
/// with a full page of hits takes 6 pages and about as many rows as hits.
/// </summary>
public sealed class DocumentSearch(IDocuments documents) : ISearch
{
    private readonly KeepEntries keep = new(documents);
    private readonly FindEntries find = new(documents);

    public async Task Keep(IReadOnlyList<SearchEntry> entries, CancellationToken token)
    {
        foreach (var entry in entries) Check(entry.Scope, entry.Id);
        foreach (var scope in entries.GroupBy(e => e.Scope)) await keep.Keep(scope.Key, [.. scope], token);
    }

    public Task Remove(string scope, string id, CancellationToken token)
    {
        Check(scope, id);
        return keep.Remove(scope, id, token);
    }

    public Task<SearchAnswer> Find(SearchQuery query, CancellationToken token)
    {
        Check(query.Scope, "x");
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 200);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip);
        return find.Find(query, token);
    }

    private static void Check(string scope, string id)
    {
        if (!IsPlain(scope, Keys.LongestScope)) throw new ArgumentException("A scope is 1 to 32 characters that a document key takes.", nameof(scope));
        if (!IsPlain(id, Keys.LongestId)) throw new ArgumentException("An id is 1 to 64 characters that a document key takes.", nameof(id));
    }

    private static bool IsPlain(string text, int longest) =>
        text.Length >= 1 && text.Length <= longest && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '~' or ':' or '@' or '-');
}
