using System.Text.Json.Serialization;
using Crm.Analysis.Learning;
using Crm.Kernel;

namespace Crm.Analysis.Models;

/// <summary>What a company sends to have a model trained.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TrainingSet(IReadOnlyList<TrainingExample?>? Examples = null)
{
    /// <summary>8 MiB.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    public const int MaxExamples = 20_000;
    public const int MaxLabels = 300;
    public const int MaxText = 5_000;
    public const int MaxLabel = 100;

    private const int MostErrors = 20;

    /// <summary>Null where a model can be trained from it.</summary>
    public Problem? Fault()
    {
        if (Examples is not { Count: >= 1 and <= MaxExamples })
            return Problems.Invalid(FieldError.At("/examples", FormattableString.Invariant($"expected a list of 1 to {MaxExamples} examples")));
        var errors = Examples.Index().SelectMany(e => FaultsOf(e.Item, e.Index)).Take(MostErrors).ToList();
        if (errors.Count == 0) errors.AddRange(FaultsOfLabels().Take(MostErrors));
        return errors.Count == 0 ? null : Problems.Invalid(errors);
    }

    public IReadOnlyList<LabelledText> Texts() => [.. Examples!.Select(e => new LabelledText(e!.Text!.Trim(), e.Label!.Trim()))];

    private static IEnumerable<FieldError> FaultsOf(TrainingExample? example, int index)
    {
        var at = FormattableString.Invariant($"/examples/{index}");
        if (example is null)
        {
            yield return FieldError.At(at, "expected an object with text and label");
            yield break;
        }
        if (string.IsNullOrWhiteSpace(example.Text) || example.Text.Length > MaxText)
            yield return FieldError.At(at + "/text", FormattableString.Invariant($"expected a text of 1 to {MaxText} characters"));
        if (string.IsNullOrWhiteSpace(example.Label) || example.Label.Length > MaxLabel)
            yield return FieldError.At(at + "/label", FormattableString.Invariant($"expected a label of 1 to {MaxLabel} characters"));
    }

    private IEnumerable<FieldError> FaultsOfLabels()
    {
        var labels = Texts().Distinct().GroupBy(e => e.Label, StringComparer.Ordinal).ToList();
        if (labels.Count is < 2 or > MaxLabels)
            yield return FieldError.At("/examples", FormattableString.Invariant($"expected 2 to {MaxLabels} different labels, got {labels.Count}"));
        foreach (var label in labels.Where(l => l.Count() < ClassifierTraining.LeastPerLabel).OrderBy(l => l.Key, StringComparer.Ordinal))
            yield return FieldError.At("/examples", FormattableString.Invariant($"expected at least {ClassifierTraining.LeastPerLabel} different texts of the label '{label.Key}', got {label.Count()}"));
    }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TrainingExample(string? Text = null, string? Label = null);
