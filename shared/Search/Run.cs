using System.Text;

namespace Crm.Search;

/// <summary>Neighbouring letters and digits of one manner of writing.</summary>
/// <param name="Parts">More than one where apostrophes stood between: <c>O'Brien</c> has two.</param>
internal sealed record Run(bool IsSpaceless, IReadOnlyList<IReadOnlyList<Rune>> Parts)
{
    public string Whole => string.Concat(Parts.SelectMany(p => p));

    public static IEnumerable<Run> In(string text)
    {
        List<List<Rune>> parts = [[]];
        var isSpaceless = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Letters.IsInWord(rune))
            {
                // A mark stays with the letters before it.
                var other = Letters.IsSpaceless(rune) != isSpaceless && !IsMark(rune);
                if (other && parts[0].Count > 0)
                {
                    yield return Ended(isSpaceless, parts);
                    parts = [[]];
                }
                if (other || parts[0].Count == 0) isSpaceless = Letters.IsSpaceless(rune);
                parts[^1].Add(rune);
            }
            else if (Letters.IsApostrophe(rune) && parts[^1].Count > 0)
            {
                parts.Add([]);
            }
            else if (parts[0].Count > 0)
            {
                yield return Ended(isSpaceless, parts);
                parts = [[]];
            }
        }
        if (parts[0].Count > 0) yield return Ended(isSpaceless, parts);
    }

    private static Run Ended(bool isSpaceless, List<List<Rune>> parts) => new(isSpaceless, [.. parts.Where(p => p.Count > 0)]);

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
