using System.Text.RegularExpressions;

namespace Crm.EmbeddedHost;

/// <summary>Replaces each <c>%Name%</c> in an attribute's text by the setting of that name.</summary>
internal sealed partial class Settings(Func<string, string?> find)
{
    /// <summary>Adds a sentence to <paramref name="problems"/> for each setting that has no value.</summary>
    public string Resolve(string text, List<string> problems) => Reference().Replace(text, match =>
    {
        string name = match.Groups[1].Value;
        string? value = find(name);
        if (!string.IsNullOrWhiteSpace(value)) return value;
        problems.Add($"the setting '{name}' (in '{text}') has no value.");
        return match.Value;
    });

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Reference();
}
