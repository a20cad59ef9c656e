namespace Crm.Console;

/// <summary>The beginning of a long text.</summary>
public static class Excerpts
{
    public const int Length = 600;

    public static string Of(string text)
    {
        if (text.Length <= Length) return text;
        // A pair of surrogates is one character.
        var end = char.IsHighSurrogate(text[Length - 1]) ? Length - 1 : Length;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
