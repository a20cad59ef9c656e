using System.Text.Json;
using Crm.Ports;

namespace Crm.Search;

/// <summary>
/// The distinct words of a scope, filed forwards and backwards by length. One typing error leaves one half of a word whole, so what
/// was meant is among the words that begin, or end, with half of what was typed.
/// </summary>
internal sealed class DistinctWords(IDocuments documents)
{
    /// <summary>Meant words that are followed up.</summary>
    public const int MostMeant = 16;

    private const int PageSize = 1000;

    public async Task Add(string scope, IEnumerable<string> words, CancellationToken token) =>
        await AtOnce.Run(words.SelectMany(w => KeysOf(scope, w)), (key, stop) => Insert(key, stop), token);

    /// <summary>Takes out those that no entry has any more.</summary>
    public async Task Clean(string scope, IEnumerable<string> words, CancellationToken token) =>
        await AtOnce.Run(words, async (word, stop) =>
        {
            if (await IsUsed(scope, word, stop)) return;
            foreach (var key in KeysOf(scope, word)) await documents.Delete(key, default, stop);
            // Who began to use it meanwhile has found it still there.
            if (!await IsUsed(scope, word, stop)) return;
            foreach (var key in KeysOf(scope, word)) await Insert(key, stop);
        }, token);

    /// <summary>Words one typing error away; at most <see cref="MostMeant"/>, those with the same first letter first.</summary>
    public async Task<IReadOnlyList<string>> Meant(string scope, string typed, CancellationToken token)
    {
        var letters = Letters.Of(typed);
        var head = letters.Length == 3 ? 2 : letters.Length / 2;
        var tail = letters.Length == 3 ? 1 : head;
        var beginning = string.Concat(letters[..head]);
        var ending = Letters.Reversed(string.Concat(letters[tail..]));
        var lengths = Enumerable.Range(letters.Length - 1, 3).Where(l => l is >= TypingError.ShortestWord and <= TypingError.LongestWord).ToList();
        var pages = await Task.WhenAll(lengths.SelectMany(length => new[]
        {
            Page(Keys.DistinctBeginning(scope, 'f', length, beginning, PageSize), backwards: false, token),
            Page(Keys.DistinctBeginning(scope, 'b', length, ending, PageSize), backwards: true, token),
        }));
        // Swapped neighbours in the very middle leave neither half whole.
        (letters[tail - 1], letters[tail]) = (letters[tail], letters[tail - 1]);
        return
        [
            .. pages.SelectMany(p => p).Append(string.Concat(letters)).Distinct()
                .Where(w => TypingError.CanHide(new Token(TokenKind.Word, w)) && TypingError.Between(typed, w))
                .OrderByDescending(w => w[0] == typed[0]).ThenBy(w => w, StringComparer.Ordinal)
                .Take(MostMeant),
        ];
    }

    private async Task<IEnumerable<string>> Page(DocumentQuery query, bool backwards, CancellationToken token)
    {
        var page = await documents.Query(query, token);
        return page.Documents.Select(d => Keys.WordOfDistinct(d.Key.Id)).Select(w => backwards ? Letters.Reversed(w) : w);
    }

    private async Task<bool> IsUsed(string scope, string word, CancellationToken token) =>
        (await documents.Query(Keys.Exactly(scope, new Token(TokenKind.Word, word), 1), token)).Documents.Count > 0;

    private async Task Insert(DocumentKey key, CancellationToken token) =>
        await documents.Put(new DocumentWrite(key, JsonSerializer.SerializeToUtf8Bytes(new SearchPosting(key.Id, key.Partition), SearchJson.Default.SearchPosting), Precondition.Absent), token);

    private static DocumentKey[] KeysOf(string scope, string word) => [Keys.Distinct(scope, 'f', word), Keys.Distinct(scope, 'b', Letters.Reversed(word))];
}
