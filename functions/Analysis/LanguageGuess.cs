namespace Crm.Analysis;

/// <param name="Language">BCP 47 primary tag; <c>und</c> when it cannot be told.</param>
/// <param name="Confidence">0 to 1: the share of the best language's likelihood.</param>
public sealed record LanguageGuess(string Language, double Confidence)
{
    public static LanguageGuess Undetermined { get; } = new("und", 0);
}
