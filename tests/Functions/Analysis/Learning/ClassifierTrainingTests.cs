using Crm.Analysis.Learning;
using Crm.Analysis.Models;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Functions.Analysis.Learning;

public sealed class ClassifierTrainingTests
{
    private static readonly LabelledText[] Few =
    [
        .. from label in new[] { "praise", "invoice", "cancel-order" }
           from text in StarterIntents.Sentences().Where(s => s.Text.Label == label && s.Language == "en").Select(s => s.Text).Take(8)
           select text,
    ];

    [Fact]
    public void Order_and_repeats_of_examples_change_nothing()
    {
        var expected = ClassifierFile.Write(Train(Few).Classifier);
        Prop.ForAll(Gen.Shuffle(Few).Zip(Gen.Choose(0, Few.Length)).ToArbitrary(), given =>
            ClassifierFile.Write(Train(given.Item1.Concat(given.Item1.Take(given.Item2))).Classifier).AsSpan().SequenceEqual(expected))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10));
    }

    [Fact]
    public void A_file_holds_the_whole_classifier()
    {
        var classifier = Train(Few).Classifier;
        using var file = new MemoryStream(ClassifierFile.Write(classifier));
        var read = ClassifierFile.Read(file);
        foreach (var text in StarterIntents.Examples().Select(e => e.Text))
            Assert.Equivalent(classifier.Predict(text), read.Predict(text), strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ud800")]
    [InlineData("!?")]
    [InlineData("مرحبا")]
    public void Of_a_text_without_anything_known_it_is_unsure(string text) => Assert.True(Train(Few).Classifier.Predict(text).IsUnsure);

    [Fact]
    public void One_label_or_one_example_of_a_label_is_not_enough()
    {
        Assert.Throws<ArgumentException>(() => Train(Few.Where(e => e.Label == "praise")));
        Assert.Throws<ArgumentException>(() => Train(Few.Append(new("Hello", "greeting")).Append(new("Hello", "greeting"))));
    }

    [Theory]
    [InlineData("en", .60)]
    [InlineData("zh", .72)]
    public void Of_the_starter_set_a_quarter_is_told_by_the_rest(string language, double least)
    {
        var sentences = StarterIntents.Sentences().ToList();
        var classifier = Train(sentences.Where((_, i) => i % 4 != 3).Select(s => s.Text)).Classifier;
        var held = sentences.Where((s, i) => i % 4 == 3 && s.Language == language).ToList();
        var accuracy = held.Average(s => classifier.Predict(s.Text.Text).Label == s.Text.Label ? 1.0 : 0);
        Assert.True(accuracy >= least, FormattableString.Invariant($"{accuracy:F3} of {held.Count}"));
    }

    [Fact]
    public void Probabilities_are_as_often_right_as_they_say()
    {
        var sentences = StarterIntents.Examples();
        var classifier = Train(sentences.Where((_, i) => i % 4 != 3)).Classifier;
        var told = sentences.Where((_, i) => i % 4 == 3).Select(s => (Prediction: classifier.Predict(s.Text), s.Label)).ToList();
        var right = told.Average(t => t.Prediction.Label == t.Label ? 1.0 : 0);
        Assert.InRange(told.Average(t => t.Prediction.Probability) - right, -.12, .12);
    }

    [Fact]
    public void The_starter_set_has_forty_sentences_of_each_intent_in_both_languages()
    {
        var sets = StarterIntents.Sentences().GroupBy(s => (s.Text.Label, s.Language)).ToList();
        Assert.Equal(24, sets.Count);
        Assert.All(sets, s => Assert.True(s.Distinct().Count() >= 40));
    }

    private static TrainedClassifier Train(IEnumerable<LabelledText> examples) => ClassifierTraining.Train(examples, TestContext.Current.CancellationToken);
}
