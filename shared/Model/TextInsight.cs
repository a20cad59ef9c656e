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

    /// <summary>Of a customer's message; null for others.</summary>
    public Urgency? Urgency { get; init; }

    /// <summary>What a customer's message is about; null for other activities.</summary>
    public TextIntent? Intent { get; init; }

    /// <summary>Where the text of a customer's message holds personal data, by place.</summary>
    public IReadOnlyList<PersonalDataPlace> PersonalData { get; init; } = [];

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

public enum UrgencyLevel
{
    Normal,
    Raised,
    High,
}

/// <param name="Score">0 to 1: the weights of the signals.</param>
/// <param name="Signals">What was found in the text, such as <c>asks-for-haste</c>.</param>
public sealed record Urgency(UrgencyLevel Level, double Score, IReadOnlyList<string> Signals);

/// <param name="Label">Null where the model is unsure.</param>
/// <param name="Probability">Of the best label, calibrated.</param>
/// <param name="ModelVersion">Of the model <c>intents</c>; <c>starter</c> is ours.</param>
public sealed record TextIntent(string? Label, double Probability, string ModelVersion);

/// <param name="Kind"><c>email</c>, <c>phone</c>, <c>card</c>, <c>iban</c>, <c>ip</c>, <c>us-ssn</c> or <c>cn-resident-id</c>.</param>
/// <param name="Start">In the activity's text, in UTF-16 units.</param>
public sealed record PersonalDataPlace(string Kind, int Start, int Length);
