using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Analysis;

/// <summary>Texts of any UTF-16 units, lone surrogates among them, mixed with what the analyses look for.</summary>
internal static class AnyText
{
    private static readonly string[] Pieces =
    [
        " ", " ", " ", "\n", "good", "bad", "GREAT", "not", "never so", "but", "no", "very", "kind of", "the bomb", "least", ":)", "!!", "??", "😀", "❤️",
        "isn't", "Wir haben", "для нас", "これは", "我们", "한국어", "שלום", "https://example.org/a", "me@example.org", "ÅÄÖ", "e\u0301", "\ud83d", "\ude00", "\0", "12",
    ];

    public static Arbitrary<string> Arbitrary { get; } =
        Gen.OneOf(Gen.Elements(Pieces), Gen.Choose(0, 0xffff).Select(c => ((char)c).ToString())).ArrayOf().Select(string.Concat).ToArbitrary();

    public static Config Often { get; } = Config.QuickThrowOnFailure.WithMaxTest(1_000);
}
