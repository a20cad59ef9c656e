namespace Crm.Model;

/// <summary>What analysis found in one activity's text. Written by Analysis only; in the insights container.</summary>
public sealed record TextInsight
{
    public const string KindName = "text";

    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public string Kind { get; init; } = KindName;

    public required string ActivityId { get; init; }

    /// <summary>BCP 47 primary tag, <c>und</c> when it cannot be told.</summary>
    public required string Language { get; init; }

    public required double LanguageConfidence { get; init; }

    /// <summary>-1 to 1 (VADER compound); null where no model speaks the language.</summary>
    public double? Sentiment { get; init; }

    public required SentimentLabel Label { get; init; }

    public required DateTimeOffset AnalysedAt { get; init; }

    /// <summary>Grows when a method is changed.</summary>
    public required int MethodVersion { get; init; }

    public static string IdOf(string activityId) => $"{KindName}.{activityId}";
}

public enum SentimentLabel
{
    Unknown,
    Negative,
    Neutral,
    Positive,
}
