using Crm.Model;

namespace Crm.Service;

/// <summary>Whether a message fits a rule.</summary>
public static class RuleMatch
{
    /// <summary>The first that fits, of rules in their order; none for what a program sent, and none that is younger than the message.</summary>
    /// <param name="customerTags">Tags of the sender.</param>
    public static CaseRule? First(IEnumerable<CaseRule> rules, Activity activity, IReadOnlyList<string> customerTags) =>
        activity is { Type: "message.received", Direction: Direction.Inbound, Mail: null or { Automation: null } }
            ? rules.FirstOrDefault(r => r.CreatedAt <= activity.ReceivedAt && Fits(r.When, activity, customerTags))
            : null;

    public static bool Fits(RuleConditions when, Activity activity, IReadOnlyList<string> customerTags) =>
        (when.Channels is not { Count: > 0 } channels || channels.Contains(activity.Channel))
        && (when.To is not { Count: > 0 } to || Addressees(activity).Any(a => to.Contains(a, StringComparer.OrdinalIgnoreCase)))
        && (when.CustomerTags is not { Count: > 0 } tags || tags.Any(t => customerTags.Contains(t, StringComparer.OrdinalIgnoreCase)))
        && (when.Words is not { Count: > 0 } words || words.Any(w => Holds(activity.Subject, w) || Holds(activity.Mail?.StrippedText ?? activity.Text, w)));

    /// <summary>
    /// The word stands in the text with no letter or digit joined to it; where the script writes without spaces (Han, kana, Thai),
    /// anywhere.
    /// </summary>
    public static bool Holds(string? text, string word)
    {
        if (text is null) return false;
        for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + word.Length;
            if (!(at > 0 && Joins(text[at - 1], word[0])) && !(end < text.Length && Joins(word[^1], text[end]))) return true;
        }
        return false;
    }

    private static IEnumerable<string> Addressees(Activity activity) =>
        activity.To.Concat(activity.Mail?.Cc ?? []).Select(p => p.Address).OfType<string>();

    private static bool Joins(char left, char right) => IsOfWord(left) && IsOfWord(right);

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) && c is not ((>= '\u0E00' and <= '\u0EFF') or (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF'));
}
