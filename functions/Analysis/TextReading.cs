using Crm.Analysis.Models;
using Crm.Analysis.PersonalData;
using Crm.Model;

namespace Crm.Analysis;

/// <summary>What one text means.</summary>
public static class TextReading
{
    /// <summary>Grows when a method is changed, so that older insights can be told.</summary>
    public const int MethodVersion = 3;

    /// <summary>The thresholds of the VADER authors.</summary>
    private const double Threshold = .05;

    public static TextInsight Of(Activity activity, NamedClassifier intents, DateTimeOffset now)
    {
        var text = string.Join('\n', new[] { activity.Subject, activity.Text }.Where(t => !string.IsNullOrWhiteSpace(t)));
        var language = LanguageDetector.Detect(text);
        // No model speaks other languages yet: silence is better than a guess.
        double? sentiment = language.Language == "en" ? EnglishSentiment.Score(activity.Text ?? text).Compound : null;
        var isFromCustomer = activity.Type == "message.received" && text.Length > 0;
        return new TextInsight
        {
            Id = TextInsight.IdOf(activity.Id),
            CustomerId = activity.CustomerId,
            ActivityId = activity.Id,
            Language = language.Language,
            LanguageConfidence = Math.Round(language.Confidence, 4),
            Sentiment = sentiment,
            Label = LabelOf(sentiment),
            Urgency = isFromCustomer ? UrgencyReading.Of(text, sentiment) : null,
            Intent = isFromCustomer ? IntentOf(text, intents) : null,
            PersonalData = isFromCustomer ? PersonalDataFinder.Find(activity.Text, language.Language) : [],
            AnalysedAt = now,
            MethodVersion = MethodVersion,
        };
    }

    private static TextIntent IntentOf(string text, NamedClassifier intents)
    {
        var told = PredictedLabel.Of(intents.Classifier.Predict(text));
        return new(told.Label, told.Probability, intents.Version);
    }

    public static SentimentLabel LabelOf(double? compound) => compound switch
    {
        null => SentimentLabel.Unknown,
        >= Threshold => SentimentLabel.Positive,
        <= -Threshold => SentimentLabel.Negative,
        _ => SentimentLabel.Neutral,
    };
}
