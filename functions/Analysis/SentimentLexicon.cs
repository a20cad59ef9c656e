using System.Globalization;
using System.Text;

namespace Crm.Analysis;

/// <summary>The VADER lexicon: the mean rating of each word, -4 to 4.</summary>
internal static class SentimentLexicon
{
    private static readonly Lazy<Dictionary<string, double>.AlternateLookup<ReadOnlySpan<char>>> Ratings = new(() => Load().GetAlternateLookup<ReadOnlySpan<char>>());

    /// <param name="word">In small letters.</param>
    public static bool TryGetRating(ReadOnlySpan<char> word, out double rating) => Ratings.Value.TryGetValue(word, out rating);

    /// <summary>The first two columns of a lexicon file.</summary>
    public static IEnumerable<(string Key, string Value)> Rows(string file)
    {
        using var reader = new StreamReader(typeof(SentimentLexicon).Assembly.GetManifestResourceStream($"Analysis/Sentiment/{file}")!, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t', 3) is [var key, var value, ..]) yield return (key, value);
        }
    }

    private static Dictionary<string, double> Load()
    {
        var ratings = new Dictionary<string, double>(7_600, StringComparer.Ordinal);
        // A few words come twice; the authors' program keeps the last.
        foreach (var (word, rating) in Rows("vader_lexicon.txt")) ratings[word] = double.Parse(rating, CultureInfo.InvariantCulture);
        return ratings;
    }
}
