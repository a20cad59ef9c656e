using Crm.Ports;

namespace Crm.Search;

/// <summary>One posting, and how well it fits.</summary>
internal readonly record struct Candidate(Fit Fit, SearchField Field, ReadOnlyMemory<byte> Posting);

/// <summary>Which entries have one wanted thing, as far as postings were read.</summary>
internal sealed class Candidates(IDocuments documents, string scope, Wanted wanted)
{
    private const int MostWhole = 1000;
    private const int MostLonger = 500;
    private const int MostMistyped = 200;

    private readonly Dictionary<string, Candidate> found = new(StringComparer.Ordinal);
    private List<DocumentQuery> further = [];
    private readonly CarriedWords carried = new(wanted);
    private bool looksForMistyped;

    /// <summary>Nobody else has it; otherwise there are more than were read.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>There are further entries that have the whole word.</summary>
    public bool HasFurther => further.Count > 0;

    public IReadOnlyDictionary<string, Candidate> Found => found;

    /// <summary>The best that an entry can have that was not found.</summary>
    public int BestUnseen => Ranking.Score(HasFurther ? Fit.Whole : Fit.Beginning, SearchField.Name);

    /// <summary>What a posting of another wanted thing tells of this one.</summary>
    public (Holding Holding, int Score) Carries(ReadOnlyMemory<byte> posting) => carried.In(posting, looksForMistyped);

    public Task ReadAsTyped(CancellationToken token) => Read(wanted.Tokens.SelectMany(Queries), token);

    /// <summary>One more page of those that have the whole word.</summary>
    public Task ReadFurther(CancellationToken token)
    {
        var queries = further;
        further = [];
        return Read(queries, token);
    }

    public async Task ReadAsMistyped(DistinctWords distinct, CancellationToken token)
    {
        if (wanted.Mistyped is null) return;
        var meant = await distinct.Meant(scope, wanted.Mistyped, token);
        var isCut = await Read(meant.Select(word => Keys.Exactly(scope, new Token(TokenKind.Word, word), MostMistyped)), token);
        // Where not all who may be meant were read, the words that others carry tell.
        looksForMistyped = isCut || meant.Count == DistinctWords.MostMeant;
        if (looksForMistyped) IsComplete = false;
    }

    private IEnumerable<DocumentQuery> Queries(Token token) => token.Kind switch
    {
        TokenKind.Word or TokenKind.Gram => Wanted.TakesLonger(token)
            ? [Keys.Exactly(scope, token, MostWhole), Keys.Longer(scope, token, MostLonger)]
            : [Keys.Exactly(scope, token, MostWhole)],
        _ => Keys.Beginning(scope, token, MostLonger),
    };

    /// <returns>There is more than was read.</returns>
    private async Task<bool> Read(IEnumerable<DocumentQuery> queries, CancellationToken token)
    {
        var isCut = false;
        foreach (var (query, page) in await Task.WhenAll(queries.Select(async q => (q, await documents.Query(q, token)))))
        {
            foreach (var document in page.Documents) Add(document);
            if (page.Continuation is null) continue;
            isCut = true;
            IsComplete = false;
            if (query.Limit == MostWhole) further.Add(query with { Continuation = page.Continuation });
        }
        return isCut;
    }

    private void Add(StoredDocument document)
    {
        var (word, field, id) = Keys.Read(document.Key.Id);
        var kind = Keys.KindOf(scope, document.Key.Partition);
        if (wanted.FitOf(new Token(kind, word)) is not { } fit) return;
        if (!found.TryGetValue(id, out var before) || (fit, field).CompareTo((before.Fit, before.Field)) < 0) found[id] = new Candidate(fit, field, document.Json);
    }
}
