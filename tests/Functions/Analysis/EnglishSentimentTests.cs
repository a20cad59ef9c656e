using System.Text.Json.Nodes;
using Crm.Analysis;
using Crm.Model;
using Crm.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Analysis;

public sealed class EnglishSentimentTests
{
    public static TheoryData<string, double, double, double, double> Published()
    {
        var data = new TheoryData<string, double, double, double, double>();
        foreach (var s in JsonNode.Parse(File.ReadAllText(Repository.Golden("analysis", "vader_sentences.json")))!.AsArray())
        {
            // One sentence is printed with the shares of an older version; its compound is the same.
            var older = s!["note"] is not null;
            data.Add(s["text"]!.GetValue<string>(), older ? .322 : Number(s["pos"]), older ? .678 : Number(s["neu"]), Number(s["neg"]), Number(s["compound"]));
        }
        return data;

        static double Number(JsonNode? node) => node!.GetValue<double>();
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void The_published_sentences_have_the_published_scores(string text, double positive, double neutral, double negative, double compound)
    {
        var scores = EnglishSentiment.Score(text);
        Assert.Equal(compound, scores.Compound, .0001);
        Assert.Equal(positive, scores.Positive, .001);
        Assert.Equal(neutral, scores.Neutral, .001);
        Assert.Equal(negative, scores.Negative, .001);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("The parcel is on the table.", 0)]
    [InlineData("good", .4404)]
    [InlineData("GOOD", .4404)]
    [InlineData("😀", .3612)]
    public void Plain_words_have_the_score_of_the_lexicon(string text, double compound) => Assert.Equal(compound, EnglishSentiment.Score(text).Compound, .0001);

    [Fact]
    public void Each_rule_moves_the_score_its_way()
    {
        Assert.True(Compound("very good") > Compound("good"));
        Assert.True(Compound("slightly good") < Compound("good"));
        Assert.True(Compound("not good") < 0);
        Assert.True(Compound("this is GOOD") > Compound("this is good"));
        Assert.True(Compound("good!!!") > Compound("good!"));
        Assert.True(Compound("bad??") < Compound("bad?"));
        Assert.True(Compound("good but bad") < Compound("bad good"));
        Assert.True(Compound("least good") < 0 && Compound("at least good") > 0);
        Assert.True(Compound("never so good") > Compound("good"));
        Assert.True(Compound("it is no good") < 0);
        static double Compound(string text) => EnglishSentiment.Score(text).Compound;
    }

    [Fact]
    public void Any_text_has_scores_in_range_whose_shares_are_whole() =>
        Prop.ForAll<string?, NonNegativeInt>((text, n) =>
        {
            var scores = EnglishSentiment.Score(string.Join(' ', Enumerable.Repeat($"{text} not very GOOD but", n.Get % 5)));
            var sum = scores.Positive + scores.Neutral + scores.Negative;
            return scores.Compound is >= -1 and <= 1 && (sum == 0 || Math.Abs(sum - 1) <= .002);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hostile_text_is_just_text()
    {
        Assert.Equal(0, EnglishSentiment.Score(new string('x', 1_000_000)).Compound);
        Assert.Equal(0, EnglishSentiment.Score(new string('!', 100_000)).Compound);
        Assert.Equal(0, EnglishSentiment.Score("\ud800\0\u202e").Compound);
        Assert.Equal(1, EnglishSentiment.Score(string.Concat(Enumerable.Repeat("good but great ", 50_000))).Compound, .001);
    }

    [Theory]
    [InlineData(null, SentimentLabel.Unknown)]
    [InlineData(.05, SentimentLabel.Positive)]
    [InlineData(.0499, SentimentLabel.Neutral)]
    [InlineData(-.0499, SentimentLabel.Neutral)]
    [InlineData(-.05, SentimentLabel.Negative)]
    public void The_label_follows_the_authors_thresholds(double? compound, SentimentLabel label) => Assert.Equal(label, TextReading.LabelOf(compound));
}
