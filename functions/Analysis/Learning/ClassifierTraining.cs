namespace Crm.Analysis.Learning;

/// <summary>
/// Learns a classifier: one-vs-rest linear support vectors over hashed n-grams. The order of the examples and exact repeats do not
/// matter; the same examples give the same model.
/// </summary>
public static class ClassifierTraining
{
    /// <summary>Fewer examples of a label cannot be cross-validated.</summary>
    public const int LeastPerLabel = 2;

    private const int FewTexts = 3_000;

    /// <exception cref="ArgumentException">Fewer than two labels, or a label with fewer than <see cref="LeastPerLabel"/> different examples.</exception>
    public static TrainedClassifier Train(IEnumerable<LabelledText> examples, CancellationToken token = default)
    {
        var distinct = examples.Distinct().OrderBy(e => e.Label, StringComparer.Ordinal).ThenBy(e => e.Text, StringComparer.Ordinal).ToList();
        var labels = distinct.Select(e => e.Label).Distinct(StringComparer.Ordinal).ToList();
        if (labels.Count < 2 || distinct.GroupBy(e => e.Label).Any(g => g.Count() < LeastPerLabel))
            throw new ArgumentException("Needs two labels, and of each two different examples.", nameof(examples));

        var places = labels.Select((label, place) => (label, place)).ToDictionary(l => l.label, l => l.place, StringComparer.Ordinal);
        var mixed = distinct.ToArray();
        new Random(1).Shuffle(mixed);
        var texts = new Example[mixed.Length];
        Parallel.For(0, mixed.Length, new ParallelOptions { CancellationToken = token }, i => texts[i] = new(TextFeatures.Of(mixed[i].Text), places[mixed[i].Label]));

        var unseen = CrossValidate(labels, texts, texts.Length > FewTexts ? 3 : 5, token);
        var figures = new TrainingFigures(
            texts.Length,
            labels.Count,
            unseen.Count(u => u.IsRight) / (double)unseen.Count,
            [.. labels.Select((label, place) => LabelFigures.Of(label, place, unseen))]);
        return new(Fit(labels, texts, Calibration.Fit(unseen), Calibration.LeastMargin(unseen), token), figures);
    }

    /// <summary>Every text is told once by a model that was made from the other folds.</summary>
    private static List<UnseenText> CrossValidate(IReadOnlyList<string> labels, Example[] texts, int folds, CancellationToken token)
    {
        var fold = new int[texts.Length];
        foreach (var of in texts.Select((t, i) => (t.Label, i)).GroupBy(t => t.Label))
        {
            foreach (var (index, (_, i)) in of.Index()) fold[i] = index % folds;
        }
        var unseen = new List<UnseenText>(texts.Length);
        for (var f = 0; f < folds; f++)
        {
            var held = texts.Where((_, i) => fold[i] == f).ToList();
            var classifier = Fit(labels, [.. texts.Where((_, i) => fold[i] != f)], 1, 0, token);
            unseen.AddRange(held.Select(h => new UnseenText(classifier.Margins(h.Counts), h.Label)));
        }
        return unseen;
    }

    private static TextClassifier Fit(IReadOnlyList<string> labels, Example[] texts, double sharpness, double leastMargin, CancellationToken token)
    {
        var vocabulary = Vocabulary.Of([.. texts.Select(t => t.Counts)]);
        var weighed = Array.ConvertAll(texts, t => vocabulary.Weigh(t.Counts));
        var weights = new sbyte[labels.Count][];
        var scales = new float[labels.Count];
        var biases = new float[labels.Count];
        Parallel.For(0, labels.Count, new ParallelOptions { CancellationToken = token }, label =>
        {
            var found = DualCoordinateDescent.Separate(weighed, i => texts[i].Label == label, vocabulary.Rarity.Count);
            biases[label] = (float)found[^1];
            var largest = found.Take(found.Length - 1).Select(Math.Abs).DefaultIfEmpty().Max();
            scales[label] = (float)Math.Max(largest / sbyte.MaxValue, 1e-12);
            weights[label] = [.. found.Take(found.Length - 1).Select(w => (sbyte)Math.Round(w / scales[label]))];
        });
        return new(labels, vocabulary, weights, scales, biases, sharpness, leastMargin);
    }

    private sealed record Example(Dictionary<int, int> Counts, int Label);
}

public sealed record TrainedClassifier(TextClassifier Classifier, TrainingFigures Figures);

/// <summary>How good a model is on texts it has not seen, by cross-validation.</summary>
/// <param name="Examples">Without exact repeats.</param>
/// <param name="Accuracy">The share of texts that get their label.</param>
public sealed record TrainingFigures(int Examples, int Labels, double Accuracy, IReadOnlyList<LabelFigures> ByLabel);

/// <param name="Precision">Of the texts that got the label, the share that has it; null where none got it.</param>
/// <param name="Recall">Of the texts that have the label, the share that got it.</param>
public sealed record LabelFigures(string Label, int Examples, double? Precision, double Recall)
{
    internal static LabelFigures Of(string label, int place, IReadOnlyList<UnseenText> unseen)
    {
        var have = unseen.Count(u => u.Label == place);
        var got = unseen.Count(u => Array.IndexOf(u.Margins, u.Margins.Max()) == place);
        var right = unseen.Count(u => u.Label == place && u.IsRight);
        return new(label, have, got == 0 ? null : right / (double)got, right / (double)have);
    }
}
