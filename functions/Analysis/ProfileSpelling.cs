namespace Crm.Analysis;

/// <summary>The spelling in which the language profiles were counted (Shuyo 2010, as langdetect describes it).</summary>
internal static class ProfileSpelling
{
    /// <summary>All Vietnamese letters with two marks are one letter there.</summary>
    private const char VietnameseLetter = '\u1ec3';

    /// <param name="letters">Words between spaces, composed; changed in place.</param>
    /// <param name="latin">Whether most is Latin. Words of the other kind, often names, become spaces, as East Asian characters do.</param>
    public static void Apply(Span<char> letters, bool latin)
    {
        var start = 0;
        while (start < letters.Length)
        {
            var length = letters[start..].IndexOf(' ');
            var word = length < 0 ? letters[start..] : letters.Slice(start, length);
            Spell(word, latin);
            start += word.Length + 1;
        }
    }

    private static void Spell(Span<char> word, bool latin)
    {
        var shouted = word.Length > 1 && IsUpper(word);
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (ScriptCounts.IsLatin(c) != latin || ScriptCounts.IsEastAsian(c)) word[i] = ' ';
            else word[i] = Respell(shouted ? char.ToLowerInvariant(c) : c);
        }
    }

    private static char Respell(char c) => c switch
    {
        >= '\u1ea0' and <= '\u1eff' => VietnameseLetter,
        '\u0219' => '\u015f',
        '\u021b' => '\u0163',
        '\u06cc' => '\u064a',
        _ => c,
    };

    private static bool IsUpper(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsUpper(c)) return false;
        }
        return true;
    }
}
