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

    /// <summary>Sentences of the authors' demonstration.</summary>
    [Theory]
    [InlineData("Sentiment analysis has never been good.", -.3412)]
    [InlineData("Sentiment analysis has never been this good!", .5672)]
    [InlineData("Most automated sentiment analysis tools are shit.", -.5574)]
    [InlineData("With VADER, sentiment analysis is the shit!", .6476)]
    [InlineData("Other sentiment analysis tools can be quite bad.", -.5849)]
    [InlineData("On the other hand, VADER is quite bad ass", .802)]
    [InlineData("VADER is such a badass!", .4003)]
    [InlineData("Without a doubt, excellent idea.", .7013)]
    [InlineData("Roger Dodger is one of the most compelling variations on this theme.", .2944)]
    [InlineData("Roger Dodger is at least compelling as a variation on the theme.", .2263)]
    [InlineData("Roger Dodger is one of the least compelling variations on this theme.", -.1695)]
    [InlineData("Not such a badass after all.", -.2584)]
    [InlineData("Catch utf-8 emoji such as 💘 and 💋 and 😁", .875)]
    public void The_sentences_of_the_demonstration_have_its_scores(string text, double compound) =>
        Assert.Equal(compound, EnglishSentiment.Score(text).Compound, .0001);

    /// <summary>The sum of the ratings by hand: good 1.9, bad -2.5.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("The parcel is on the table.", 0)]
    [InlineData("good", 1.9)]
    [InlineData("\"good,\"", 1.9)]
    [InlineData("GOOD", 1.9)]
    [InlineData("this is GOOD", 1.9 + .733)]
    [InlineData("this is BAD", -2.5 - .733)]
    [InlineData("very good", 1.9 + .293)]
    [InlineData("very bad", -2.5 - .293)]
    [InlineData("VERY good", 1.9 + .293 + .733)]
    [InlineData("really very good", 1.9 + .293 + (.293 * .95))]
    [InlineData("totally really very good", 1.9 + .293 + (.293 * .95) + (.293 * .9))]
    [InlineData("slightly good", 1.9 - .293)]
    [InlineData("it is kind of good", 1.9 - .293)]
    [InlineData("not good", 1.9 * -.74)]
    [InlineData("not a good", 1.9 * -.74)]
    [InlineData("not such a good", 1.9 * -.74)]
    [InlineData("not by any means good", 1.9)]
    [InlineData("wouldn't be bad", -2.5 * -.74)]
    [InlineData("it is no good", 1.9 * -.74)]
    [InlineData("never so good", (1.9 + .293) * 1.25)]
    [InlineData("least good", 1.9 * -.74)]
    [InlineData("at least good", 1.9)]
    [InlineData("good but bad", (1.9 * .5) - (2.5 * 1.5))]
    [InlineData("it was the bomb", 3)]
    [InlineData("good!", 1.9 + .292)]
    [InlineData("good!!!!!!", 1.9 + (4 * .292))]
    [InlineData("bad!", -2.5 - .292)]
    [InlineData("bad?", -2.5)]
    [InlineData("bad???", -2.5 - (3 * .18))]
    [InlineData("bad????", -2.5 - .96)]
    [InlineData(":)", 2)]
    [InlineData("😀", 1.5)]
    public void Each_rule_adds_what_the_authors_say(string text, double sum) =>
        Assert.Equal(sum / Math.Sqrt((sum * sum) + 15), EnglishSentiment.Score(text).Compound, .0001);

    [Fact]
    public void Any_text_has_scores_in_range_whose_shares_are_whole() =>
        Prop.ForAll(AnyText.Arbitrary, text =>
        {
            var scores = EnglishSentiment.Score(text);
            var sum = scores.Positive + scores.Neutral + scores.Negative;
            return scores.Compound is >= -1 and <= 1 && (string.IsNullOrWhiteSpace(text) || Math.Abs(sum - 1) <= .002) && (sum != 0 || scores == default);
        }).Check(AnyText.Often);

    [Fact]
    public void A_share_of_nothing_is_0_and_not_below() => Assert.False(double.IsNegative(EnglishSentiment.Score("good").Negative));

    [Fact]
    public void Hostile_text_is_just_text()
    {
        Assert.Equal(0, EnglishSentiment.Score(new string('x', 1_000_000)).Compound);
        Assert.Equal(0, EnglishSentiment.Score(new string('!', 100_000)).Compound);
        Assert.Equal(0, EnglishSentiment.Score("\ud800\0\u202e").Compound);
        Assert.Equal(1, EnglishSentiment.Score(string.Concat(Enumerable.Repeat("good but great ", 50_000))).Compound, .001);
        Assert.Equal(1, EnglishSentiment.Score(string.Concat(Enumerable.Repeat("😀", 100_000))).Compound, .001);
    }

    [Theory]
    [InlineData(null, SentimentLabel.Unknown)]
    [InlineData(.05, SentimentLabel.Positive)]
    [InlineData(.0499, SentimentLabel.Neutral)]
    [InlineData(-.0499, SentimentLabel.Neutral)]
    [InlineData(-.05, SentimentLabel.Negative)]
    public void The_label_follows_the_authors_thresholds(double? compound, SentimentLabel label) => Assert.Equal(label, TextReading.LabelOf(compound));
}
