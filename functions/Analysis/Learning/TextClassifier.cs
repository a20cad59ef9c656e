namespace Crm.Analysis.Learning;

/// <summary>
/// A learned classifier of texts: one margin per label, made into probabilities by a scale that was fitted on texts the model had not
/// seen. Safe for concurrent use.
/// </summary>
public sealed class TextClassifier
{
    private readonly Vocabulary _vocabulary;

    /// <summary>Per label one byte a column, and the scale that they were cut by.</summary>
    private readonly sbyte[][] _weights;
    private readonly float[] _scales;
    private readonly float[] _biases;

    internal TextClassifier(IReadOnlyList<string> labels, Vocabulary vocabulary, sbyte[][] weights, float[] scales, float[] biases, double sharpness, double leastMargin) =>
        (Labels, _vocabulary, _weights, _scales, _biases, Sharpness, LeastMargin) = (labels, vocabulary, weights, scales, biases, sharpness, leastMargin);

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Margins are multiplied by it before they become probabilities.</summary>
    public double Sharpness { get; }

    /// <summary>Below it even the best label is unsure: the text is of none of them.</summary>
    public double LeastMargin { get; }

    internal Vocabulary Vocabulary => _vocabulary;

    internal (sbyte[] Weights, float Scale, float Bias) Of(int label) => (_weights[label], _scales[label], _biases[label]);

    public TextPrediction Predict(string text)
    {
        var margins = Margins(TextFeatures.Of(text));
        var probabilities = Calibration.Probabilities(margins, Sharpness);
        var ranked = Enumerable.Range(0, Labels.Count).OrderByDescending(i => margins[i]).ToList();
        return new(
            Labels[ranked[0]],
            probabilities[ranked[0]],
            margins[ranked[0]] < LeastMargin,
            [.. ranked.Take(3).Select(i => new LabelChance(Labels[i], probabilities[i]))]);
    }

    internal double[] Margins(Dictionary<int, int> counts)
    {
        var (columns, values) = _vocabulary.Weigh(counts);
        var margins = new double[Labels.Count];
        // Of a text without one known n-gram nothing can be told.
        if (columns.Length == 0)
        {
            Array.Fill(margins, double.MinValue);
            return margins;
        }
        for (var label = 0; label < margins.Length; label++)
        {
            var weights = _weights[label];
            var sum = 0.0;
            for (var k = 0; k < columns.Length; k++) sum += weights[columns[k]] * values[k];
            margins[label] = sum * _scales[label] + _biases[label];
        }
        return margins;
    }
}

/// <param name="Probability">Calibrated: of many predictions with .8, about 80 % are right.</param>
/// <param name="IsUnsure">The text looks like none of the labels.</param>
/// <param name="Best">The three best labels, the best first.</param>
public sealed record TextPrediction(string Label, double Probability, bool IsUnsure, IReadOnlyList<LabelChance> Best);

public sealed record LabelChance(string Label, double Probability);
