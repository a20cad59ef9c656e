using System.Text;

namespace Crm.Search;

/// <summary>What the words that postings carry say of one wanted thing. Most do not hold it, and that is told without reading them as JSON.</summary>
internal sealed class CarriedWords(Wanted wanted)
{
    /// <summary>Null when a word may be written otherwise in JSON than here.</summary>
    private readonly byte[][]? needles = wanted.Tokens.All(t => t.Word.All(c => char.IsAsciiLetterOrDigit(c) || c == '.'))
        ? [.. wanted.Tokens.Select(t => Encoding.ASCII.GetBytes($"{(char)t.Kind}{t.Word}"))]
        : null;

    private readonly bool isDecided = Carried.Decides(wanted);

    /// <param name="mistyped">Whether a typing error counts too.</param>
    public (Holding Holding, int Score) In(ReadOnlyMemory<byte> posting, bool mistyped)
    {
        if (!isDecided) return (Holding.Unknown, 0);
        if (!(mistyped && wanted.Mistyped is not null) && needles is not null && Carried.IsIn(posting) && !IsHeld(posting.Span)) return (Holding.No, 0);
        if (Carried.Read(posting) is not { } words) return (Holding.Unknown, 0);
        return wanted.BestOf(words) is { } best ? (Holding.Yes, Ranking.Score(best.Fit, best.At.Field)) : (Holding.No, 0);
    }

    private bool IsHeld(ReadOnlySpan<byte> posting)
    {
        foreach (var needle in needles!)
        {
            if (posting.IndexOf(needle) >= 0) return true;
        }
        return false;
    }
}

internal enum Holding
{
    Unknown,
    No,
    Yes,
}
