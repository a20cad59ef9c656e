using System.CommandLine;
using System.Diagnostics;
using Crm.Analysis.Learning;
using Microsoft.VisualBasic.FileIO;

namespace Crm.Bench.Figures;

/// <summary>How well and how fast the classifier learns a table of texts and labels.</summary>
internal static class IntentsCommand
{
    private const int Folds = 5;

    public static Command Build()
    {
        var table = new Option<FileInfo>("--table") { Description = "A CSV file with the columns text and category.", Required = true };
        var command = new Command("intents", "Accuracy of the text classifier: five folds, each told by a model of the other four.") { table };
        command.SetAction(parsed => Measure(parsed.GetValue(table)!));
        return command;
    }

    private static IEnumerable<LabelledText> Rows(FileInfo table)
    {
        using var csv = new TextFieldParser(table.FullName) { Delimiters = [","] };
        csv.ReadFields();
        while (csv.ReadFields() is [var text, var category]) yield return new(text, category);
    }

    private static void Measure(FileInfo table)
    {
        var rows = Rows(table).Distinct().ToArray();
        new Random(77).Shuffle(rows);
        var told = new List<(double Probability, bool IsRight, bool IsThird)>();
        var seconds = 0.0;
        var bytes = 0;
        for (var fold = 0; fold < Folds; fold++)
        {
            var clock = Stopwatch.StartNew();
            var trained = ClassifierTraining.Train(rows.Where((_, i) => i % Folds != fold)).Classifier;
            seconds = Math.Max(seconds, clock.Elapsed.TotalSeconds);
            bytes = Math.Max(bytes, ClassifierFile.Write(trained).Length);
            told.AddRange(rows.Where((_, i) => i % Folds == fold).Select(r => (Prediction: trained.Predict(r.Text), r.Label)).Select(p =>
                (p.Prediction.Probability, p.Prediction.Label == p.Label, p.Prediction.Best.Any(b => b.Label == p.Label))));
        }
        var surest = told.OrderByDescending(t => t.Probability).Take(told.Count * 4 / 5).ToList();
        System.Console.WriteLine(FormattableString.Invariant($"texts {rows.Length}, labels {rows.Select(r => r.Label).Distinct().Count()}"));
        System.Console.WriteLine(FormattableString.Invariant($"accuracy {told.Average(t => t.IsRight ? 1 : 0):F4}"));
        System.Console.WriteLine(FormattableString.Invariant($"right label among the best three {told.Average(t => t.IsThird ? 1 : 0):F4}"));
        System.Console.WriteLine(FormattableString.Invariant($"accuracy of the surest 80 % {surest.Average(t => t.IsRight ? 1 : 0):F4}"));
        System.Console.WriteLine(FormattableString.Invariant($"mean probability of the best label {told.Average(t => t.Probability):F4}"));
        System.Console.WriteLine(FormattableString.Invariant($"longest training {seconds:F1} s (cross-validation included), largest model {bytes / 1e6:F2} MB"));
    }
}
