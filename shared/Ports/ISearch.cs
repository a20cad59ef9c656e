namespace Crm.Ports;

/// <summary>
/// Finds things by words of their texts, alike on every engine. Kept by followers of the feed, so a change shows a moment later.
/// </summary>
/// <remarks>
/// Words of any script are found whole, by a beginning of two letters or more (Chinese, Japanese, Korean and Thai by one character
/// or more, anywhere), and with one typing error when they have four letters or more. Case and diacritics do not count:
/// <c>Müller</c>, <c>muller</c> and <c>mueller</c> are one. An e-mail address is found by its beginning, its words and its domain;
/// a phone number by four or more of its first or last digits. Every word asked for must be found; eight of them count.
/// </remarks>
public interface ISearch
{
    /// <summary>
    /// Makes the entries findable by these texts and by no earlier ones. An entry older than what is kept changes nothing, and so does
    /// a repeat.
    /// </summary>
    /// <exception cref="ArgumentException">A scope or id is not made of <c>A-Z a-z 0-9 . _ ~ : @ -</c>, or is longer than 32 or 64 characters.</exception>
    Task Keep(IReadOnlyList<SearchEntry> entries, CancellationToken token);

    /// <summary>Nothing finds it any more, and none of its words stay. One that is not kept changes nothing.</summary>
    Task Remove(string scope, string id, CancellationToken token);

    /// <summary>
    /// The best first: whole words before beginnings before typing errors, then by <see cref="SearchField"/>, then the highest id,
    /// which is the newest where ids follow time. Nothing to look for (no letter, no digit) finds nothing.
    /// </summary>
    Task<SearchAnswer> Find(SearchQuery query, CancellationToken token);
}

/// <summary>Where a text comes from; a match in an earlier one ranks higher.</summary>
public enum SearchField
{
    Name,
    Email,
    Phone,
    Company,
    Notes,

    /// <summary>What others know it by: a number in the books, a sender's name of a person.</summary>
    Key,
}

/// <param name="Scope">The noun, such as <c>customers</c>: a search looks into one.</param>
/// <param name="ChangedAt">When this version was made.</param>
public sealed record SearchEntry(string Scope, string Id, DateTimeOffset ChangedAt, IReadOnlyList<SearchText> Texts);

/// <summary>One text of an entry. <see cref="SearchField.Email"/> and <see cref="SearchField.Phone"/> hold one address or number each.</summary>
public sealed record SearchText(SearchField Field, string Text);

/// <param name="Text">What a person typed; any text at all.</param>
/// <param name="Limit">1 to 200 hits.</param>
/// <param name="Skip">How many of the best are left out, for a later page.</param>
public sealed record SearchQuery(string Scope, string Text, int Limit = 50, int Skip = 0);

/// <param name="More">There are further hits after these.</param>
public sealed record SearchAnswer(IReadOnlyList<SearchHit> Hits, bool More);

/// <param name="Matches">One for each word asked for, in its order.</param>
public sealed record SearchHit(string Id, IReadOnlyList<SearchMatch> Matches);

/// <param name="Field">Where the best match was.</param>
/// <param name="Word">The entry's word as it is kept: folded, so <c>muller</c> for Müller.</param>
public sealed record SearchMatch(SearchField Field, string Word);
