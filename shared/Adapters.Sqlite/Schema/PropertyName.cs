using System.Text.RegularExpressions;

namespace Crm.Adapters.Sqlite;

/// <summary>Property names stand in SQL text, so they are plain names or nothing.</summary>
internal static partial class PropertyName
{
    /// <exception cref="ArgumentException">The name holds anything but ASCII letters, digits and underscores.</exception>
    public static string Checked(string name) =>
        Plain().IsMatch(name) ? name : throw new ArgumentException("A path is one top-level property: letters, digits and underscores.", nameof(name));

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,99}\z")]
    private static partial Regex Plain();
}
