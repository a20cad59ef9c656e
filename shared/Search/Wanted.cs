namespace Crm.Search;

/// <summary>How well a word fits what was asked for; the better one first.</summary>
public enum Fit
{
    Whole,
    Beginning,
    Mistyped,
}

/// <summary>One thing that a query asks for.</summary>
/// <param name="Tokens">Any of these will do: a word and its other spelling, digits as a number's first or last.</param>
/// <param name="Mistyped">The word in which a typing error is allowed, if any.</param>
public sealed record Wanted(IReadOnlyList<Token> Tokens, string? Mistyped)
{
    /// <summary>How well a token fits; null when it does not.</summary>
    public Fit? FitOf(Token token)
    {
        Fit? best = null;
        foreach (var wanted in Tokens)
        {
            if (FitOf(wanted, token) is { } fit && (best is null || fit < best)) best = fit;
        }
        if (best is null && Mistyped is not null && TypingError.CanHide(token) && TypingError.Between(Mistyped, token.Word)) best = Fit.Mistyped;
        return best;
    }

    /// <summary>The best of an entry's tokens, the shortest of equals; null when none fits.</summary>
    public (Fit Fit, Placed At)? BestOf(IEnumerable<Placed> tokens)
    {
        (Fit Fit, Placed At)? best = null;
        foreach (var placed in tokens)
        {
            if (FitOf(placed.Token) is { } fit && (best is not { } b || (fit, placed.Field, placed.Token.Word.Length).CompareTo((b.Fit, b.At.Field, b.At.Token.Word.Length)) < 0)) best = (fit, placed);
        }
        return best;
    }

    /// <summary>Whether words that merely begin so are wanted too.</summary>
    public static bool TakesLonger(Token token) => token.Kind switch
    {
        TokenKind.Gram => Letters.Count(token.Word) == 1,
        _ => Letters.Count(token.Word) >= Letters.ShortestBeginning,
    };

    private static Fit? FitOf(Token wanted, Token token)
    {
        if (wanted.Kind != token.Kind || !token.Word.StartsWith(wanted.Word, StringComparison.Ordinal)) return null;
        if (wanted.Word.Length == token.Word.Length) return Fit.Whole;
        if (!TakesLonger(wanted)) return null;
        return (token.Kind, token.Word[wanted.Word.Length]) is (TokenKind.Gram, _) or (TokenKind.Address, '@') or (TokenKind.Domain, '.') ? Fit.Whole : Fit.Beginning;
    }
}
