namespace Crm.Analysis;

/// <param name="Positive">Share of the text that is positive, 0 to 1; the three shares sum to 1, or are all 0 for an empty text.</param>
/// <param name="Compound">-1 (most negative) to 1 (most positive).</param>
public readonly record struct SentimentScores(double Positive, double Neutral, double Negative, double Compound);
