using Crm.Analysis.Learning;
using Crm.Ports;

namespace Crm.Analysis.Models;

/// <summary>A classifier that a company trains: its versions and which is used. Examples and weights are blobs beside it.</summary>
public sealed record TextModel
{
    public const string KindName = "text-model";

    /// <summary>Older versions are forgotten, but for the one in use.</summary>
    public const int MostVersions = 10;

    /// <summary>The name: <c>a-z 0-9 -</c>, at most 50.</summary>
    public required string Id { get; init; }

    public string Kind { get; init; } = KindName;

    /// <summary>The newest version that is ready; null before there is one.</summary>
    public string? Current { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<TextModelVersion> Versions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required DateTimeOffset SortAt { get; init; }

    public static DocumentKey KeyOf(string name) => new(Containers.Catalog, KindName, name);

    public static bool IsName(string text) => text.Length is >= 1 and <= 50 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public static string ExamplesOf(string name, string version) => $"models/{name}/{version}/examples.json";

    public static string WeightsOf(string name, string version) => $"models/{name}/{version}/weights.bin";

    /// <summary>With one more version to be trained; the same again changes nothing.</summary>
    public static TextModel Asked(TextModel? before, string name, string version, int examples, DateTimeOffset now)
    {
        if (before?.Versions.Any(v => v.Id == version) is true) return before;
        var versions = before?.Versions ?? [];
        return new()
        {
            Id = name,
            Current = before?.Current,
            Versions = [new TextModelVersion(version, TextModelState.Queued, examples, now), .. versions.Take(MostVersions - 1), .. versions.Skip(MostVersions - 1).Where(v => v.Id == before?.Current)],
            CreatedAt = before?.CreatedAt ?? now,
            ChangedAt = now,
            SortAt = before?.SortAt ?? now,
        };
    }

    /// <summary>With that version ready, and in use unless a newer one is.</summary>
    public TextModel Trained(string version, TrainingFigures figures, DateTimeOffset now)
    {
        var versions = Versions.Select(v => v.Id == version ? v with { State = TextModelState.Ready, Figures = figures, ReadyAt = now } : v).ToList();
        return this with { Versions = versions, Current = versions.First(v => v.State == TextModelState.Ready).Id, ChangedAt = now };
    }
}

public enum TextModelState
{
    Queued,
    Ready,
}

/// <param name="Examples">As sent, with repeats.</param>
/// <param name="Figures">By cross-validation; null until it is ready.</param>
public sealed record TextModelVersion(string Id, TextModelState State, int Examples, DateTimeOffset CreatedAt, DateTimeOffset? ReadyAt = null, TrainingFigures? Figures = null);

/// <summary>The message that trains: a pointer.</summary>
public sealed record ModelTraining(string Name, string Version);
