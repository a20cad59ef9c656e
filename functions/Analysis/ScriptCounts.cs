namespace Crm.Analysis;

/// <summary>How many letters of a text stand in which script.</summary>
internal struct ScriptCounts
{
    /// <summary>One Han character says about as much as three letters of an alphabet, a syllable about as much as two.</summary>
    private const int HanWeight = 3;

    private const int SyllableWeight = 2;

    private const string EverydayChinese = "这這们們吗嗎呢吧您你她啊沒说說谢让讓对對时为么麼请给还很书买见车东长问间谁";

    public int Latin { get; private set; }

    /// <summary>Letters and their marks of any other alphabet.</summary>
    public int OtherAlphabet { get; private set; }

    public int Hiragana { get; private set; }

    public int Katakana { get; private set; }

    public int Hangul { get; private set; }

    public int Han { get; private set; }

    /// <summary>Han that Chinese writes every day and Japanese does not.</summary>
    public int OnlyChinese { get; private set; }

    public readonly int Alphabet => Latin + OtherAlphabet;

    public readonly int Kana => Hiragana + Katakana;

    public readonly int EastAsian => Kana + Hangul + Han;

    public readonly int All => Alphabet + EastAsian;

    public readonly bool IsMostlyEastAsian => (Han * HanWeight) + ((Kana + Hangul) * SyllableWeight) > Alphabet;

    public readonly bool IsMostlyLatin => Latin >= OtherAlphabet;

    public void Add(char letter)
    {
        if (IsLatin(letter)) Latin++;
        else if (IsHiragana(letter)) Hiragana++;
        else if (IsKatakana(letter)) Katakana++;
        else if (IsHangul(letter)) Hangul++;
        else if (IsHan(letter))
        {
            Han++;
            if (EverydayChinese.Contains(letter)) OnlyChinese++;
        }
        else OtherAlphabet++;
    }

    public static bool IsLatin(char c) => c is < '\u0300' or >= '\u1e00' and <= '\u1eff';

    public static bool IsEastAsian(char c) => IsHiragana(c) || IsKatakana(c) || IsHangul(c) || IsHan(c);

    private static bool IsHiragana(char c) => c is >= '\u3040' and <= '\u309f';

    private static bool IsKatakana(char c) => c is >= '\u30a0' and <= '\u30ff' or >= '\uff66' and <= '\uff9f';

    private static bool IsHangul(char c) => c is >= '\uac00' and <= '\ud7a3' or >= '\u1100' and <= '\u11ff' or >= '\u3131' and <= '\u318e';

    private static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff' or >= '\u3400' and <= '\u4dbf' or '\u3005';
}
