using Crm.Ports;

namespace Crm.Search;

/// <summary>How good a hit is; lower is better.</summary>
public static class Ranking
{
    private const int OneBeginning = 100;

    /// <summary>More than all words of a query together can cost as beginnings.</summary>
    private const int OneMistyped = 2 * OneBeginning * Reading.MostWords;

    public static int Score(Fit fit, SearchField field) => (int)field + fit switch
    {
        Fit.Whole => 0,
        Fit.Beginning => OneBeginning,
        _ => OneMistyped,
    };

    /// <summary>Null unless everything wanted is there.</summary>
    public static (SearchHit Hit, int Score)? Of(string id, IEnumerable<Placed> words, IReadOnlyList<Wanted> wanted)
    {
        var placed = words.ToList();
        var matches = new List<SearchMatch>(wanted.Count);
        var score = 0;
        foreach (var one in wanted)
        {
            if (one.BestOf(placed) is not { } best) return null;
            score += Score(best.Fit, best.At.Field);
            var token = best.At.Token;
            matches.Add(new SearchMatch(best.At.Field, token.Kind == TokenKind.PhoneReversed ? Letters.Reversed(token.Word) : token.Word));
        }
        return (new SearchHit(id, matches), score);
    }
}
