using System.Text;
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
        Assert.All(Sentences.CountBy(s => s.Language), l => Assert.Equal(10, l.Value));
        Assert.Equal(34, Sentences.Select(s => s.Language).Distinct().Count());
        var wrong = Sentences.Where(s => LanguageDetector.Detect(s.Sentence).Language != s.Language).ToList();
        Assert.True(wrong.Count <= Sentences.Count * .025, string.Join('\n', wrong.Select(w => $"{w.Language} {LanguageDetector.Detect(w.Sentence)} {w.Sentence}")));
        Assert.All(wrong.CountBy(w => w.Language), l => Assert.True(l.Value <= 1, l.Key));
        Assert.DoesNotContain(wrong, w => w.Language is "zh" or "ja" or "ko" or "en");
    }

    [Fact]
    public void Three_words_are_told_or_left_open_more_often_than_mistaken()
    {
        var (right, wrong, open) = (0, 0, 0);
        foreach (var (language, sentence) in Sentences.Where(s => s.Language is not ("zh" or "ja" or "ko" or "th")))
        {
            foreach (var words in sentence.Split(' ').Chunk(3).Where(w => w.Length == 3 && w.Sum(x => x.Count(char.IsLetter)) >= 12))
            {
                var found = LanguageDetector.Detect(string.Join(' ', words)).Language;
                if (found == language) right++;
                else if (found == "und") open++;
                else wrong++;
            }
        }
        var all = right + wrong + open;
        Assert.True(right >= .87 * all && wrong <= .08 * all, $"{right} right, {wrong} wrong, {open} open");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("123")]
    [InlineData("Thank you!")]
    [InlineData("12345 67890 12345")]
    [InlineData("😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    [InlineData("https://example.org/ein-langer-deutscher-pfad hello@example.org")]
    [InlineData("xq zzkw qqpt xxkj vvbn")]
    [InlineData("dGhpcyBpcyBhIHRlc3Qgb2YgYmFzZTY0")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("hahahahahahahahahahahaha")]
    [InlineData("東京")]
    [InlineData("の")]
    [InlineData("გამარჯობა, როგორ ხართ დღეს?")]
    public void What_says_too_little_is_undetermined(string text) => Assert.Equal("und", LanguageDetector.Detect(text).Language);

    [Theory]
    [InlineData("zh", "我要退款")]
    [InlineData("zh", "你好吗")]
    [InlineData("zh", "收到請回覆")]
    [InlineData("zh", "请看https://example.com/orders/42谢谢，他们说没有收到")]
    [InlineData("zh", "@Support_Team 我想取消订单")]
    [InlineData("zh", "我在看《ハリー・ポッター》这本书，你们看过没有")]
    [InlineData("ja", "了解です")]
    [InlineData("ja", "ありがとう")]
    [InlineData("ja", "東京証券取引所で株価大幅下落")]
    [InlineData("ja", "ﾒｰﾙｱﾄﾞﾚｽ")]
    [InlineData("ko", "감사합니다")]
    [InlineData("ko", "네 좋아요")]
    public void East_Asian_scripts_need_few_characters(string language, string text) => Assert.Equal(language, LanguageDetector.Detect(text).Language);

    [Theory]
    [InlineData("de", "Bitte senden Sie mir die Rechnung an billing@the-new-company.example oder https://the-new-company.example/this/is/the/path 12345")]
    [InlineData("ru", "Не работает Microsoft Outlook Calendar, помогите пожалуйста")]
    [InlineData("en", "My name is 李小龙 and I would like to change the delivery address")]
    [InlineData("de", "ICH WARTE SEIT DREI WOCHEN AUF MEINE BESTELLUNG UND NIEMAND ANTWORTET")]
    [InlineData("th", "โปรโตคอลถ่ายโอนไฟล์ของเซิร์ฟเวอร์")]
    [InlineData("th", "เกิดข้อผิดพลาดขณะลบแฟ้มล็อก")]
    [InlineData("en", "I am soooooooooo happyyyyyyyyy with this, thank youuuuuuuuuu")]
    public void Links_names_loan_words_shouting_and_stretched_letters_do_not_mislead(string language, string text) =>
        Assert.Equal(language, LanguageDetector.Detect(text).Language);

    [Fact]
    public void Letters_that_came_as_letter_and_mark_count_as_whole_letters() =>
        Assert.All(Sentences.Where(s => s.Language is "vi" or "cs" or "ko" or "ja"), s =>
            Assert.Equal(LanguageDetector.Detect(s.Sentence).Language, LanguageDetector.Detect(s.Sentence.Normalize(NormalizationForm.FormD)).Language));

    [Theory]
    [InlineData("ی", "ي", "fa")]
    [InlineData("ș", "ş", "ro")]
    [InlineData("ț", "ţ", "ro")]
    public void Two_spellings_of_a_letter_are_one(string now, string before, string language) =>
        Assert.All(Sentences.Where(s => s.Language == language), s =>
            Assert.Equal(LanguageDetector.Detect(s.Sentence.Replace(now, before)), LanguageDetector.Detect(s.Sentence)));

    [Fact]
    public void Any_text_gives_a_known_tag_and_a_confidence_from_0_to_1()
    {
        var known = Sentences.Select(s => s.Language).Append("und").ToHashSet();
        Prop.ForAll(AnyText.Arbitrary, text => known.Contains(LanguageDetector.Detect(text).Language) && LanguageDetector.Detect(text).Confidence is >= 0 and <= 1)
            .Check(AnyText.Often);
    }

    [Fact]
    public void A_sentence_among_links_is_the_sentence() =>
        Prop.ForAll(Gen.Elements(Sentences.ToArray()).ToArbitrary(), s =>
                LanguageDetector.Detect($"https://example.org/und/so/weiter {s.Sentence} 2024 someone@example.com") == LanguageDetector.Detect(s.Sentence))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Hostile_text_is_just_text()
    {
        Assert.Equal("und", LanguageDetector.Detect(new string('\ud800', 100_000)).Language);
        Assert.Equal("und", LanguageDetector.Detect(new string('\0', 100_000)).Language);
        Assert.Equal("und", LanguageDetector.Detect(new string('a', 1_000_000)).Language);
        Assert.Equal("und", LanguageDetector.Detect("a" + new string('\u0301', 500_000)).Language);
        Assert.Equal("en", LanguageDetector.Detect(string.Concat(Enumerable.Repeat(Sentences.First(s => s.Language == "en").Sentence, 20_000))).Language);
    }

    [Fact]
    public void A_message_leaves_no_garbage_but_the_answer()
    {
        var text = Sentences.First(s => s.Language == "en").Sentence;
        LanguageDetector.Detect(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) LanguageDetector.Detect(text);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 200);
    }
}
