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

    /// <summary>
    /// Processor time of the whole machine since it started, user, kernel and stolen; NaN where the system does not tell.
    /// </summary>
    public static double BusySeconds()
    {
        const string Stat = "/proc/stat";
        if (!File.Exists(Stat)) return double.NaN;
        // cpu user nice system idle iowait irq softirq steal, in hundredths of a second: proc_stat(5).
        var ticks = File.ReadLines(Stat).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (ticks.Sum() - ticks[3] - ticks[4]) / 100.0;
    }

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
