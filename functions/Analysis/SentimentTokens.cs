namespace Crm.Analysis;

/// <summary>What stands between white space.</summary>
internal ref struct SentimentTokens(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public ReadOnlySpan<char> Current { get; private set; }

    public readonly SentimentTokens GetEnumerator() => this;

    public static int CountIn(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in new SentimentTokens(text)) count++;
        return count;
    }

    public bool MoveNext()
    {
        var start = 0;
        while (start < _rest.Length && IsSpace(_rest[start])) start++;
        var end = start;
        while (end < _rest.Length && !IsSpace(_rest[end])) end++;
        Current = _rest[start..end];
        _rest = _rest[end..];
        return end > start;
    }

    /// <summary>The four separators of ASCII too, as the authors' language has it.</summary>
    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';
}
