using Crm.Bench.Size;

namespace Crm.Bench.Searching;

/// <summary>One documented kind of query, asked with another customer's words each time.</summary>
/// <param name="Text">Of a customer's number.</param>
internal sealed record Question(string Name, Func<int, string> Text, bool Finds = true)
{
    public static IReadOnlyList<Question> All { get; } =
    [
        new("a family name", n => Family(n)),
        new("given and family name", n => SomeNames.Of(n)),
        new("the beginning of two letters", n => Family(n)[..2]),
        new("the beginning of five letters", n => Family(n)[..5]),
        new("given name and a beginning", n => $"{Given(n)} {Family(n)[..3]}"),
        new("a family name mistyped", n => Swapped(Family(n))),
        new("both names mistyped", n => $"{Swapped(Given(n))} {Swapped(Family(n))}"),
        new("a whole address", n => $"{SomeNames.MailOf(n)}@example.org"),
        new("what stands before the @", n => SomeNames.MailOf(n)),
        new("a domain that all have", _ => "example.org"),
        new("a whole phone number", n => SearchedStore.Phone(n)),
        new("its last four digits", n => SearchedStore.Phone(n)[^4..]),
        new("one Chinese character", n => SearchedStore.ChineseName(n)[..1]),
        new("two Chinese characters", n => SearchedStore.ChineseName(n)[..2]),
        new("a word that nobody has", n => $"qx{Family(n)}zz", Finds: false),
    ];

    private static string Given(int n) => SomeNames.Of(n).Split(' ')[0];

    private static string Family(int n) => SomeNames.Of(n).Split(' ')[1];

    private static string Swapped(string word) => $"{word[..1]}{word[2]}{word[1]}{word[3..]}";
}
