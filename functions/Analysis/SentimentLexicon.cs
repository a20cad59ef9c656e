using System.Globalization;
using System.Text;

namespace Crm.Analysis;

/// <summary>The VADER lexicon (mean rating of a word, -4 to 4) and its words for emoji.</summary>
internal sealed class SentimentLexicon
{
    private static readonly Lazy<SentimentLexicon> Loaded = new(() => new SentimentLexicon());

    private SentimentLexicon()
    {
        foreach (var fields in Lines("vader_lexicon.txt")) Ratings[fields[0]] = double.Parse(fields[1], CultureInfo.InvariantCulture);
        foreach (var fields in Lines("emoji_utf8_lexicon.txt"))
        {
            // Emoji of several code points are read by their parts.
            if (fields[0].EnumerateRunes().Count() == 1) Emoji[fields[0].EnumerateRunes().First()] = fields[1].Trim();
        }
    }

    public static SentimentLexicon Instance => Loaded.Value;

    public Dictionary<string, double> Ratings { get; } = new(StringComparer.Ordinal);

    public Dictionary<Rune, string> Emoji { get; } = [];

    private static IEnumerable<string[]> Lines(string file)
    {
        using var reader = new StreamReader(typeof(SentimentLexicon).Assembly.GetManifestResourceStream($"Analysis/Sentiment/{file}")!, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            if (fields.Length > 1) yield return fields;
        }
    }
}
