using System.Globalization;
using System.Text;
using Crm.Bench.Servers;

namespace Crm.Bench.Figures;

/// <summary>Shows what <see cref="IngestCommand"/> measured: medians over the rounds, with their ranges.</summary>
internal static class IngestReport
{
    /// <summary>One line while the run goes on.</summary>
    public static string Line(IngestSample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"round {sample.Round} {sample.Server}: {sample.Closed.RequestsPerSecond:0}/s, p99 {sample.Closed.P99Milliseconds:0.00} ms, others {sample.OtherCores:0.00} cores; "
        + $"at {sample.Open.RequestsPerSecond:0}/s p99 {sample.Open.P99Milliseconds:0.00} ms, others {sample.OpenOtherCores:0.00} cores; "
        + $"faults {sample.Faults} {string.Join(' ', sample.Warm.FaultSamples.Concat(sample.Closed.FaultSamples).Concat(sample.Open.FaultSamples).Distinct())}");

    public static string Markdown(
        IngestPlan plan, string machine, IReadOnlyList<IServerKind> servers, IReadOnlyList<IngestSample> samples)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"Machine: {machine}")
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Again: `{Machine.RerunCommand()}`")
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{plan.Connections} connections, {plan.Rounds} rounds in alternation, each process warmed for {plan.Warm.TotalSeconds} s and measured for {plan.Measured.TotalSeconds} s; median (lowest to highest). Server and load generator share the machine.")
            .AppendLine();
        AppendClosed(page, servers, samples);
        AppendRatios(page, servers, samples);
        AppendOpen(page, servers, samples);
        return page.ToString();
    }

    private static void AppendClosed(StringBuilder page, IReadOnlyList<IServerKind> servers, IReadOnlyList<IngestSample> samples)
    {
        page.AppendLine("Highest rate (closed loop):").AppendLine()
            .AppendLine("| server | requests/s | p50 ms | p99 ms | faults | load generator, cores | server, cores | others, cores | allocated, bytes/request | memory, MB | quiet after, s |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var kind in servers)
        {
            var own = samples.Where(sample => sample.Server == kind.Name).ToList();
            Row(page, kind.Title,
                Show(own, sample => sample.Closed.RequestsPerSecond, "#,0"),
                Show(own, sample => sample.Closed.P50Milliseconds, "0.00"),
                Show(own, sample => sample.Closed.P99Milliseconds, "0.00"),
                own.Sum(sample => sample.Warm.Faults + sample.Closed.Faults).ToString(CultureInfo.InvariantCulture),
                Show(own, sample => sample.Closed.GeneratorCores, "0.00"),
                Show(own, sample => sample.ServerCores, "0.00"),
                Show(own, sample => sample.OtherCores, "0.00"),
                Show(own, sample => sample.AllocatedBytesPerRequest, "#,0"),
                Show(own, sample => sample.WorkingSetBytes / 1e6, "0"),
                own.Exists(sample => sample.SecondsUntilQuiet is null)
                    ? "not within the limit"
                    : Show(own, sample => sample.SecondsUntilQuiet!.Value, "0.0"));
        }

        page.AppendLine();
    }

    // Ratios are taken within a round, between neighbours in time, and only then is their median taken.
    private static void AppendRatios(StringBuilder page, IReadOnlyList<IServerKind> servers, IReadOnlyList<IngestSample> samples)
    {
        if (servers.Count < 2) return;
        page.AppendLine("| ratio of highest rates | |").AppendLine("|---|---|");
        var rates = samples.ToDictionary(sample => (sample.Round, sample.Server), sample => sample.Closed.RequestsPerSecond);
        for (var upper = servers.Count - 1; upper > 0; upper--)
        {
            for (var lower = upper - 1; lower >= 0; lower--)
            {
                var (of, to) = (servers[upper].Name, servers[lower].Name);
                var rounds = samples.Select(sample => sample.Round).Distinct();
                Row(page, $"{of} / {to}", Spread.Of(rounds.Select(round => rates[(round, of)] / rates[(round, to)])).Show("0.000"));
            }
        }

        page.AppendLine();
    }

    private static void AppendOpen(StringBuilder page, IReadOnlyList<IServerKind> servers, IReadOnlyList<IngestSample> samples)
    {
        page.AppendLine("Half of each server's own highest rate, arriving by a fixed schedule; latency from the scheduled time:").AppendLine()
            .AppendLine("| server | answered/s | p50 ms | p99 ms | p99.9 ms | longest ms | of which schedule late, p99 ms | others, cores | faults |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var kind in servers)
        {
            var own = samples.Where(sample => sample.Server == kind.Name).ToList();
            Row(page, kind.Title,
                Show(own, sample => sample.Open.RequestsPerSecond, "#,0"),
                Show(own, sample => sample.Open.P50Milliseconds, "0.00"),
                Show(own, sample => sample.Open.P99Milliseconds, "0.00"),
                Show(own, sample => sample.Open.P999Milliseconds, "0.00"),
                Show(own, sample => sample.Open.MaxMilliseconds, "0.0"),
                Show(own, sample => sample.ScheduleP99Milliseconds, "0.00"),
                Show(own, sample => sample.OpenOtherCores, "0.00"),
                own.Sum(sample => sample.Open.Faults).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Show(List<IngestSample> samples, Func<IngestSample, double> figure, string format) =>
        Spread.Of(samples.Select(figure)).Show(format);

    private static void Row(StringBuilder page, params ReadOnlySpan<string> cells) =>
        page.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
}
