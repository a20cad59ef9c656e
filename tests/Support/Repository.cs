using System.Runtime.CompilerServices;

namespace Crm.Tests.Support;

/// <summary>The checkout that these tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    public static string Golden(params string[] path) => Path.Combine([Root, "tests", "Golden", .. path]);

    private static string Here([CallerFilePath] string path = "") => path;
}
