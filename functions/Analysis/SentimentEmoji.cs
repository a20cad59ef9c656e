using System.Text;

namespace Crm.Analysis;

/// <summary>Emoji are read as the words that describe them.</summary>
internal static class SentimentEmoji
{
    private const char First = '\u00a9';

    private static readonly Lazy<Dictionary<Rune, string>> Words = new(Load);

    /// <summary>The text itself where it has none.</summary>
    public static string Spell(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', (char)(First - 1))) return text;
        var words = Words.Value;
        StringBuilder? spelled = null;
        var copied = 0;
        for (var i = 0; i < text.Length;)
        {
            var isRune = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isRune ? rune.Utf16SequenceLength : 1;
            if (isRune && rune.Value >= First && words.TryGetValue(rune, out var description))
            {
                spelled ??= new StringBuilder(text.Length + 32);
                spelled.Append(text, copied, i - copied);
                if (spelled.Length > 0 && spelled[^1] != ' ') spelled.Append(' ');
                spelled.Append(description);
                copied = i + length;
            }
            i += length;
        }
        return spelled is null ? text : spelled.Append(text, copied, text.Length - copied).ToString();
    }

    private static Dictionary<Rune, string> Load()
    {
        var words = new Dictionary<Rune, string>();
        foreach (var (emoji, description) in SentimentLexicon.Rows("emoji_utf8_lexicon.txt"))
        {
            // The authors' program reads emoji of several code points by their parts.
            if (Rune.TryGetRuneAt(emoji, 0, out var rune) && rune.Utf16SequenceLength == emoji.Length) words[rune] = description.Trim();
        }
        return words;
    }
}
