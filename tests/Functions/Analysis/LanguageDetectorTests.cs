using Crm.Analysis;
using Crm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Analysis;

public sealed class LanguageDetectorTests
{
    private static readonly IReadOnlyList<(string Language, string Sentence)> Sentences =
        [.. File.ReadAllLines(Repository.Golden("analysis", "sentences.tsv")).Select(l => l.Split('\t')).Select(f => (f[0], f[1]))];

    [Fact]
    public void Sentences_of_34_languages_are_told_apart()
    {
        Assert.Equal(34, Sentences.Select(s => s.Language).Distinct().Count());
        var wrong = Sentences.Where(s => LanguageDetector.Detect(s.Sentence).Language != s.Language).ToList();
        Assert.True(wrong.Count <= Sentences.Count * .025, string.Join('\n', wrong.Select(w => $"{w.Language} {LanguageDetector.Detect(w.Sentence)} {w.Sentence}")));
        Assert.DoesNotContain(wrong, w => w.Language is "zh" or "ja" or "ko" or "en");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("12345 67890 12345")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("https://example.org/ein-langer-deutscher-pfad hello@example.org")]
    [InlineData("xq zzkw qqpt xxkj vvbn")]
    public void What_says_too_little_is_undetermined(string text) => Assert.Equal("und", LanguageDetector.Detect(text).Language);

    [Fact]
    public void Links_addresses_and_digits_do_not_count() =>
        Assert.Equal("de", LanguageDetector.Detect("Bitte senden Sie mir die Rechnung an billing@the-new-company.example oder https://the-new-company.example/this/is/the/path 12345").Language);

    [Fact]
    public void Vietnamese_in_decomposed_form_is_Vietnamese() =>
        Assert.Equal("vi", LanguageDetector.Detect(Sentences.First(s => s.Language == "vi").Sentence.Normalize(System.Text.NormalizationForm.FormD)).Language);

    [Fact]
    public void Any_text_gives_a_known_tag_and_a_confidence_from_0_to_1() =>
        Prop.ForAll<string?>(text =>
        {
            var guess = LanguageDetector.Detect(text ?? "");
            return (guess.Language == "und" || Sentences.Any(s => s.Language == guess.Language)) && guess.Confidence is >= 0 and <= 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hostile_text_is_just_text()
    {
        Assert.Equal("und", LanguageDetector.Detect(new string('\ud800', 100_000)).Language);
        Assert.Equal("und", LanguageDetector.Detect(new string('\0', 100_000)).Language);
        Assert.InRange(LanguageDetector.Detect(new string('a', 1_000_000)).Confidence, 0, 1);
    }
}
