using System.Globalization;
using System.Text;
using Crm.Ports;

namespace Crm.Search;

/// <summary>
/// Where a search's documents lie in the views. A posting's id is <c>word-field-entry</c>, so that a word, or a beginning, is a range
/// of ids in one partition, the partition being named by the word's first letters.
/// </summary>
internal static class Keys
{
    /// <summary>Digits that name a partition of phones, hence the fewest that find one.</summary>
    public const int PhoneGram = 4;

    /// <summary>Partitions for what many entries share: a domain of mail, a country's first digits.</summary>
    public const int Buckets = 4;

    public const int LongestScope = 32;
    public const int LongestId = 64;
    private const int LongestWord = 160;

    /// <summary>Below every character of a written word, so that a whole word stands before its continuations.</summary>
    private const char End = '-';
    private const string AfterEnd = ".";
    private const string AfterAll = "\u007f";

    public static DocumentKey Row(string scope, string id) => new(Containers.Views, $"search.{scope}.row.{id}", "row");

    public static DocumentKey Posting(string scope, Placed placed, string id)
    {
        var bucket = IsSpread(placed.Token.Kind) ? Bucket(id) : 0;
        // Highest first is then the best field first, and in it the newest.
        var field = (char)('9' - (int)placed.Field);
        return new DocumentKey(Containers.Views, Partition(scope, placed.Token.Kind, placed.Token.Word, bucket), $"{Written(placed.Token.Word)}{End}{field}{End}{id}");
    }

    /// <summary>What a posting's id says.</summary>
    public static (string Word, SearchField Field, string Id) Read(string postingId)
    {
        var end = postingId.IndexOf(End, StringComparison.Ordinal);
        return (Decoded(postingId[..end]), (SearchField)('9' - postingId[end + 1]), postingId[(end + 3)..]);
    }

    public static TokenKind KindOf(string scope, string partition) => (TokenKind)partition["search.".Length + scope.Length + 1];

    /// <summary>Who has exactly this word: the best field first, in it the highest id first.</summary>
    public static DocumentQuery Exactly(string scope, Token token, int limit) =>
        new(Containers.Views, Partition(scope, token.Kind, token.Word, 0), [new Condition.Prefix("id", Written(token.Word) + End)], "id", Descending: true, limit);

    /// <summary>Who has a longer word that begins so, in the order of words.</summary>
    public static DocumentQuery Longer(string scope, Token token, int limit)
    {
        var word = Written(token.Word);
        return new(Containers.Views, Partition(scope, token.Kind, token.Word, 0), [new Condition.Range("id", word + AfterEnd, word + AfterAll)], "id", Limit: limit);
    }

    /// <summary>Both, one query for each partition that the kind is spread over.</summary>
    public static IEnumerable<DocumentQuery> Beginning(string scope, Token token, int limit) =>
        Enumerable.Range(0, IsSpread(token.Kind) ? Buckets : 1).Select(bucket =>
            new DocumentQuery(Containers.Views, Partition(scope, token.Kind, token.Word, bucket), [new Condition.Prefix("id", Written(token.Word))], "id", Limit: limit));

    /// <summary>A distinct word, filed by its length and first letters; <paramref name="direction"/> <c>f</c>, or <c>b</c> for the word reversed.</summary>
    public static DocumentKey Distinct(string scope, char direction, string word) =>
        new(Containers.Views, $"search.{scope}.{direction}.{Written(Letters.First(word, 2))}", Measured(Letters.Count(word), word));

    /// <summary>Distinct words of one length that begin so.</summary>
    public static DocumentQuery DistinctBeginning(string scope, char direction, int length, string beginning, int limit) =>
        new(Containers.Views, $"search.{scope}.{direction}.{Written(Letters.First(beginning, 2))}", [new Condition.Prefix("id", Measured(length, beginning))], "id", Limit: limit);

    public static string WordOfDistinct(string id) => Decoded(id[3..]);

    /// <summary>A word no longer than a key can hold; a longer one is kept, and found, by its beginning.</summary>
    public static string Cut(string word)
    {
        var (length, written) = (0, 0);
        foreach (var rune in word.EnumerateRunes())
        {
            written += WrittenLength(rune);
            if (written > LongestWord) return word[..length];
            length += rune.Utf16SequenceLength;
        }
        return word;
    }

    private static string Measured(int length, string word) => string.Create(CultureInfo.InvariantCulture, $"{length:00}.{Written(word)}");

    private static string Partition(string scope, TokenKind kind, string word, int bucket)
    {
        var gram = Letters.First(word, kind switch { TokenKind.Gram => 1, TokenKind.Phone or TokenKind.PhoneReversed => PhoneGram, _ => 2 });
        var partition = $"search.{scope}.{(char)kind}.{Written(gram)}";
        return IsSpread(kind) ? $"{partition}.{bucket}" : partition;
    }

    private static bool IsSpread(TokenKind kind) => kind is TokenKind.Domain or TokenKind.Phone;

    /// <summary>FNV-1a: the same in every process.</summary>
    private static int Bucket(string id) => (int)(id.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) % Buckets);

    /// <summary>Rune by rune, so that a beginning of the word is a beginning of what is written.</summary>
    private static string Written(string word)
    {
        var text = new StringBuilder(word.Length);
        foreach (var rune in word.EnumerateRunes())
        {
            if (IsPlain(rune)) text.Append((char)rune.Value);
            else if (rune.IsBmp) text.Append(CultureInfo.InvariantCulture, $"~{rune.Value:x4}");
            else text.Append(CultureInfo.InvariantCulture, $"~~{rune.Value:x6}");
        }
        return text.ToString();
    }

    private static string Decoded(string written)
    {
        if (!written.Contains('~', StringComparison.Ordinal)) return written;
        var text = new StringBuilder(written.Length);
        for (var i = 0; i < written.Length;)
        {
            if (written[i] != '~')
            {
                text.Append(written[i++]);
                continue;
            }
            var (start, length) = written[i + 1] == '~' ? (i + 2, 6) : (i + 1, 4);
            text.Append(new Rune(int.Parse(written.AsSpan(start, length), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
            i = start + length;
        }
        return text.ToString();
    }

    private static int WrittenLength(Rune rune) => IsPlain(rune) ? 1 : rune.IsBmp ? 5 : 8;

    private static bool IsPlain(Rune rune) => rune.IsAscii && (char)rune.Value is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '@' or '_';
}
