using Crm.Ports;

namespace Crm.Search;

/// <summary>Which entries have one wanted thing, as far as postings were read.</summary>
internal sealed class Candidates(IDocuments documents, string scope, Wanted wanted)
{
    private const int MostWhole = 1000;
    private const int MostLonger = 500;
    private const int MostMistyped = 200;

    private readonly Dictionary<string, (Fit Fit, SearchField Field)> found = new(StringComparer.Ordinal);

    /// <summary>Nobody else has it; otherwise there are more than were read.</summary>
    public bool IsComplete { get; private set; } = true;

    public IReadOnlyDictionary<string, (Fit Fit, SearchField Field)> Found => found;

    public Task ReadAsTyped(CancellationToken token) => Read(wanted.Tokens.SelectMany(Queries), token);

    public async Task ReadAsMistyped(DistinctWords distinct, CancellationToken token)
    {
        if (wanted.Mistyped is null) return;
        var meant = await distinct.Meant(scope, wanted.Mistyped, token);
        if (meant.Count == DistinctWords.MostMeant) IsComplete = false;
        await Read(meant.Select(word => Keys.Exactly(scope, new Token(TokenKind.Word, word), MostMistyped)), token);
    }

    private IEnumerable<DocumentQuery> Queries(Token token) => token.Kind switch
    {
        TokenKind.Word or TokenKind.Gram => Wanted.TakesLonger(token)
            ? [Keys.Exactly(scope, token, MostWhole), Keys.Longer(scope, token, MostLonger)]
            : [Keys.Exactly(scope, token, MostWhole)],
        _ => Keys.Beginning(scope, token, MostLonger),
    };

    private async Task Read(IEnumerable<DocumentQuery> queries, CancellationToken token)
    {
        foreach (var page in await Task.WhenAll(queries.Select(q => documents.Query(q, token).AsTask())))
        {
            if (page.Continuation is not null) IsComplete = false;
            foreach (var document in page.Documents) Add(document.Key);
        }
    }

    private void Add(DocumentKey key)
    {
        var (word, field, id) = Keys.Read(key.Id);
        var kind = Keys.KindOf(scope, key.Partition);
        if (wanted.FitOf(new Token(kind, word)) is not { } fit) return;
        if (!found.TryGetValue(id, out var before) || (fit, field).CompareTo(before) < 0) found[id] = (fit, field);
    }
}
