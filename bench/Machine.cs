using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Crm.Bench;

/// <summary>Where and when figures were taken, and how to take them again.</summary>
internal static class Machine
{
    private const double Gibibyte = 1L << 30;

    /// <summary>One line: cores, memory, system, runtime, SQLite, UTC date.</summary>
    public static string Describe(TimeProvider clock) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores ({Model()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gibibyte:0} GiB, "
        + $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, {RuntimeInformation.FrameworkDescription}, "
        + $"SQLite {SqliteVersion()}, {Build}, {clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC");

    /// <summary>The command line that repeats this run.</summary>
    public static string RerunCommand() =>
        $"dotnet run -c {Build} --project bench -- {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}";

    private static string Build =>
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static string Model()
    {
        const string CpuInfo = "/proc/cpuinfo";
        if (!File.Exists(CpuInfo)) return "unknown model";
        var line = File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? "unknown model" : line[(line.IndexOf(':') + 1)..].Trim();
    }

    private static string SqliteVersion()
    {
        using var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        return database.ServerVersion;
    }
}
