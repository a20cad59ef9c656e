namespace Crm.Analysis;

/// <summary>Japanese, Korean and Chinese are told by their scripts alone.</summary>
internal static class EastAsianLanguage
{
    private const int FewestHan = 4;
    private const int FewestSyllables = 2;

    /// <param name="scripts">Of a text that <see cref="ScriptCounts.IsMostlyEastAsian"/>.</param>
    public static LanguageGuess Of(in ScriptCounts scripts)
    {
        if (scripts.Hangul >= FewestSyllables && scripts.Hangul >= scripts.Kana) return Share("ko", scripts.Hangul + scripts.Han, scripts.All);
        if (IsJapanese(scripts)) return Share("ja", scripts.Kana + scripts.Han, scripts.All);
        return scripts.Han + scripts.OnlyChinese >= FewestHan ? Share("zh", scripts.Han, scripts.All) : LanguageGuess.Undetermined;
    }

    /// <summary>Kana may be a foreign name within Chinese, katakana above all; endings in hiragana make a sentence Japanese.</summary>
    private static bool IsJapanese(in ScriptCounts scripts) =>
        scripts.OnlyChinese <= scripts.Hiragana && (scripts.Kana >= FewestSyllables || scripts is { Kana: 1, Han: >= FewestSyllables });

    private static LanguageGuess Share(string language, int own, int all) => new(language, (double)own / all);
}
