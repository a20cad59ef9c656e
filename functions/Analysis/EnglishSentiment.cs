using System.Buffers;

namespace Crm.Analysis;

/// <summary>
/// Sentiment of English text by the VADER rules: C.J. Hutto and E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment
/// Analysis of Social Media Text", ICWSM 2014. Figures equal the authors' current program.
/// </summary>
public static class EnglishSentiment
{
    /// <summary>Makes sums into the range -1 to 1.</summary>
    private const double Normal = 15;

    private const int WordsOnStack = 256;

    /// <summary>Never throws, whatever the text.</summary>
    public static SentimentScores Score(string text)
    {
        var spelled = SentimentEmoji.Spell(text);
        var words = ArrayPool<SentimentWord>.Shared.Rent(SentimentTokens.CountIn(spelled));
        try
        {
            var count = 0;
            foreach (var token in new SentimentTokens(spelled)) words[count++] = SentimentWord.Of(token);
            if (count == 0) return default;
            var ratings = count <= WordsOnStack ? stackalloc double[count] : new double[count];
            SentimentRules.Rate(words.AsSpan(0, count), ratings);
            return Sum(ratings, Emphasis(spelled));
        }
        finally
        {
            ArrayPool<SentimentWord>.Shared.Return(words);
        }
    }

    /// <summary>Exclamation marks up to four, and question marks from two on.</summary>
    private static double Emphasis(ReadOnlySpan<char> text)
    {
        var exclamations = Math.Min(text.Count('!'), 4);
        var questions = text.Count('?');
        return (exclamations * .292) + (questions switch { <= 1 => 0, <= 3 => questions * .18, _ => .96 });
    }

    private static SentimentScores Sum(ReadOnlySpan<double> ratings, double emphasis)
    {
        double sum = 0, positive = 0, negative = 0, neutral = 0;
        foreach (var rating in ratings)
        {
            sum += rating;
            // Each word counts once beside its rating, so that neutral words compare.
            if (rating > 0) positive += rating + 1;
            else if (rating < 0) negative += 1 - rating;
            else neutral++;
        }
        sum += Math.Sign(sum) * emphasis;
        var compound = sum / Math.Sqrt((sum * sum) + Normal);
        if (positive > negative) positive += emphasis;
        else if (positive < negative) negative += emphasis;
        var total = positive + negative + neutral;
        return new SentimentScores(Math.Round(positive / total, 3), Math.Round(neutral / total, 3), Math.Round(negative / total, 3), Math.Round(Math.Clamp(compound, -1, 1), 4));
    }
}
