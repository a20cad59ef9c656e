using System.Text;
using Crm.Analysis.Learning;

namespace Crm.Analysis.Models;

/// <summary>Twelve intents of customers' messages in English and Chinese, written for this product, so that intents are told from the first day.</summary>
public static class StarterIntents
{
    /// <summary>A company that trains a model of this name has its own labels in its insights from then on.</summary>
    public const string ModelName = "intents";

    private static readonly Lazy<NamedClassifier> Trained = new(() => new(ModelName, "starter", ClassifierTraining.Train(Examples()).Classifier));

    public static NamedClassifier Classifier => Trained.Value;

    /// <summary>Lines of texts under headings <c># label language</c>.</summary>
    public static IReadOnlyList<LabelledText> Examples() => [.. Sentences().Select(s => s.Text)];

    internal static IEnumerable<(LabelledText Text, string Language)> Sentences()
    {
        using var reader = new StreamReader(typeof(StarterIntents).Assembly.GetManifestResourceStream("Analysis/Models/starter_intents.txt")!, Encoding.UTF8);
        var heading = Array.Empty<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith("# ", StringComparison.Ordinal)) heading = line[2..].Split(' ');
            else if (line.Length > 0) yield return (new(line, heading[0]), heading[1]);
        }
    }
}
