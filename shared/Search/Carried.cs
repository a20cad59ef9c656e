using System.Text.Json;
using Crm.Ports;

namespace Crm.Search;

/// <summary>
/// An entry's words as each of its postings carries them, so that one page of postings answers for all words of a query, and rows are
/// read for the hits only.
/// </summary>
internal static class Carried
{
    /// <summary>An entry with more, such as one with long notes, carries nothing.</summary>
    public const int Most = 24;

    private const char Between = ' ';

    /// <param name="words">Every <see cref="Placed"/> of the entry as text.</param>
    public static string? By(IEnumerable<string> words)
    {
        var carried = words.Where(w => IsCarried(Placed.Parse(w).Token.Kind)).ToList();
        return carried.Count <= Most ? string.Join(Between, carried) : null;
    }

    public static bool IsIn(ReadOnlyMemory<byte> posting) => posting.Span.IndexOf("\"words\":\""u8) >= 0;

    /// <summary>Null when the posting carries nothing.</summary>
    public static IReadOnlyList<Placed>? Read(ReadOnlyMemory<byte> posting) =>
        JsonSerializer.Deserialize(posting.Span, SearchJson.Default.SearchPosting)?.Words is { } words
            ? [.. words.Split(Between, StringSplitOptions.RemoveEmptyEntries).Select(Placed.Parse)]
            : null;

    /// <summary>Whether what is carried tells if the entry has it.</summary>
    public static bool Decides(Wanted wanted) => wanted.Tokens.All(t => IsCarried(t.Kind));

    private static bool IsCarried(TokenKind kind) => kind is TokenKind.Word or TokenKind.Gram or TokenKind.Domain;
}
