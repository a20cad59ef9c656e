using System.Globalization;
using System.Text;

namespace Crm.Bench.Size;

/// <summary>Shows what <see cref="SizeCommand"/> measured: medians over the rounds, with their ranges.</summary>
internal static class SizeReport
{
    public static string Line(SizeSample sample) => string.Create(
        CultureInfo.InvariantCulture,
        $"round {sample.Round}, {sample.Customers:#,0} customers: ingest {sample.Ingest.RequestsPerSecond:0}/s p99 {sample.Ingest.P99Milliseconds:0.0} ms; point read p99 {sample.PointReadP99:0.000} ms; {string.Join("; ", sample.Reads)}; faults {sample.Faults}");

    public static string Markdown(string machine, IReadOnlyList<LoadedStore> stores, IReadOnlyList<SizeSample> samples)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"Machine: {machine}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Again: `{Machine.RerunCommand()}`").AppendLine()
            .AppendLine("8 readers, 64 senders; median (lowest to highest) of the rounds; milliseconds over HTTP include the client.").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"| figure | {string.Join(" | ", stores.Select(s => $"{s.Customers:#,0} customers"))} |")
            .AppendLine(CultureInfo.InvariantCulture, $"|---{string.Concat(stores.Select(_ => "|---"))}|");
        Row("ingest, requests/s", s => s.Ingest.RequestsPerSecond, "#,0");
        Row("point read in process, p99 ms", s => s.PointReadP99, "0.000");
        foreach (var (name, index) in samples[0].Reads.Select((r, i) => (r.Name, i)))
        {
            Row($"{name}, p50 ms", s => s.Reads[index].P50Milliseconds, "0.00");
            Row($"{name}, p99 ms", s => s.Reads[index].P99Milliseconds, "0.00");
        }
        page.AppendLine(CultureInfo.InvariantCulture, $"| store, MB | {string.Join(" | ", stores.Select(s => (s.Bytes / 1e6).ToString("#,0", CultureInfo.InvariantCulture)))} |");
        return page.ToString();

        void Row(string figure, Func<SizeSample, double> value, string format)
        {
            var cells = stores.Select(store => Spread.Of(samples.Where(s => s.Customers == store.Customers).Select(value)).Show(format));
            page.AppendLine(CultureInfo.InvariantCulture, $"| {figure} | {string.Join(" | ", cells)} |");
        }
    }
}
