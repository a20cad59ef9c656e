namespace Crm.Console;

/// <summary>Where to go after signing in: a page of this console, never another site.</summary>
public static class ReturnPath
{
    public const string Home = "/console";

    public static string Of(string? asked) =>
        asked is { Length: < 2000 }
        && (asked == Home || asked.StartsWith(Home + "/", StringComparison.Ordinal) || asked.StartsWith(Home + "?", StringComparison.Ordinal))
        && !asked.Contains('\\', StringComparison.Ordinal) && !asked.Contains("//", StringComparison.Ordinal) && !asked.Any(char.IsControl)
            ? asked
            : Home;
}
