using System.Text;

namespace Crm.Analysis;

/// <summary>
/// Sentiment of English text by the VADER rules: C.J. Hutto and E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment
/// Analysis of Social Media Text", ICWSM 2014. Figures equal the authors' current program.
/// </summary>
public static class EnglishSentiment
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary>Makes sums into the range -1 to 1.</summary>
    private const double Normal = 15;

    /// <summary>Never throws, whatever the text.</summary>
    public static SentimentScores Score(string text)
    {
        var plain = WithoutEmoji(text).Trim();
        var words = WordsOf(plain);
        if (words.Length == 0) return default;
        var ratings = new SentimentRules(words).Ratings();
        return Sum(ratings, Emphasis(plain));
    }

    private static string WithoutEmoji(string text)
    {
        var emoji = SentimentLexicon.Instance.Emoji;
        var plain = new StringBuilder(text.Length);
        var spaced = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (emoji.TryGetValue(rune, out var description))
            {
                if (!spaced) plain.Append(' ');
                plain.Append(description);
                spaced = false;
            }
            else
            {
                plain.Append(rune.ToString());
                spaced = rune.Value == ' ';
            }
        }
        return plain.ToString();
    }

    /// <summary>Split at white space; punctuation around a word goes, an emoticon stays.</summary>
    private static string[] WordsOf(string text) =>
    [
        .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(token => token.Trim(Punctuation.ToCharArray()) is { Length: > 2 } word ? word : token),
    ];

    /// <summary>Exclamation marks up to four, and question marks from two on.</summary>
    private static double Emphasis(string text)
    {
        var exclamations = Math.Min(text.AsSpan().Count('!'), 4);
        var questions = text.AsSpan().Count('?');
        return (exclamations * .292) + (questions switch { <= 1 => 0, <= 3 => questions * .18, _ => .96 });
    }

    private static SentimentScores Sum(double[] ratings, double emphasis)
    {
        var sum = ratings.Sum();
        sum += Math.Sign(sum) * emphasis;
        var compound = sum / Math.Sqrt((sum * sum) + Normal);

        // Each word counts once beside its rating, so that neutral words compare.
        var positive = ratings.Where(r => r > 0).Sum(r => r + 1);
        var negative = ratings.Where(r => r < 0).Sum(r => r - 1);
        var neutral = ratings.Count(r => r == 0);
        if (positive > -negative) positive += emphasis;
        else if (positive < -negative) negative -= emphasis;
        var total = positive - negative + neutral;
        return new SentimentScores(Math.Round(positive / total, 3), Math.Round(neutral / total, 3), Math.Round(-negative / total, 3), Math.Round(Math.Clamp(compound, -1, 1), 4));
    }
}
