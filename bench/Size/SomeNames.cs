using System.Globalization;

namespace Crm.Bench.Size;

/// <summary>Names of made-up people: 400 given names of syllables by 4,000 family names, so that words repeat as they do among people.</summary>
internal static class SomeNames
{
    private static readonly string[] s_first = ["an", "be", "ca", "da", "el", "fi", "ga", "ha", "il", "jo", "ka", "le", "mi", "no", "ol", "pa", "ro", "sa", "ti", "wi"];
    private static readonly string[] s_middle = ["la", "ner", "ro", "mi", "ta", "ver", "don", "sel", "kin", "ra"];
    private static readonly string[] s_last = ["berg", "feld", "son", "ova", "ez", "ard", "lund", "mann", "ini", "eux", "stein", "wood", "ley", "ton", "ford", "vic", "aki", "ura", "er", "sen"];

    public static string Of(int n) => $"{Title(Given(n))} {Title(Family(n))}";

    public static string MailOf(int n) => $"{Given(n)}.{Family(n)}{n}";

    private static string Given(int n) => s_first[n % 20] + s_middle[n / 20 % 10] + (n / 200 % 2 == 0 ? "" : "a");

    private static string Family(int n) => s_first[n / 7 % 20] + s_middle[n / 140 % 10] + s_last[n / 1_400 % 20];

    private static string Title(string word) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word);
}
