namespace Crm.Tests.Support;

/// <summary>What only deepens the tests: used where it is found, skipped by name where it is not, required under CI.</summary>
public static class Needs
{
    /// <summary>Full path of a program on PATH; skips the test when it is missing.</summary>
    public static string Program(string name)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => FileNames(name), Path.Combine)
            .FirstOrDefault(File.Exists);
        if (path is not null) return path;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"CI needs {name}.");
        Assert.Skip($"{name} is not on this machine.");
        return "";
    }

    private static string[] FileNames(string name) => OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd"] : [name];
}
