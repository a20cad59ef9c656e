using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Crm.Adapters.Sqlite;
using Crm.Bench.Load;
using Crm.Bench.Product;
using Crm.Bench.Servers;
using Crm.Customers;
using HdrHistogram;

namespace Crm.Bench.Size;

/// <summary>One size's turn in a fresh process on its store: reads first, then ingest.</summary>
internal static class SizeRound
{
    private const int Readers = 8;
    private const int Senders = 64;

    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(4);

    public static async Task<SizeSample> MeasureAsync(int round, LoadedStore store, TimeSpan measured, TimeProvider clock, CancellationToken cancellation)
    {
        var inProcess = await InProcessAsync(store, clock, cancellation);
        await using var server = await ServerProcess.StartOnAsync(ServerKinds.Named("crm"), store.Folder, cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Readers }) { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminKey);

        var reads = new List<ReadSample>();
        foreach (var (name, path) in Paths(store, await DeepCursorAsync(http, Math.Min(40, store.Customers / 400), cancellation)))
        {
            await ReadAsync(http, path, measured / 4, cancellation);
            var (histogram, faults) = await ReadAsync(http, path, measured / 2, cancellation);
            reads.Add(new ReadSample(name, histogram.TotalCount / (measured / 2).TotalSeconds, Latency.Milliseconds(histogram, 50), Latency.Milliseconds(histogram, 99), faults));
        }

        var target = await ProductHook.CreateAsync(server.EndPoint, server.AdminKey, cancellation);
        await LoadGenerator.RunAsync(target, Senders, new ClosedLoop(s_warm), s_warm, clock, cancellation);
        var ingest = await LoadGenerator.RunAsync(target, Senders, new ClosedLoop(measured), measured, clock, cancellation);
        return new SizeSample(round, store.Customers, inProcess, reads, ingest);
    }

    /// <summary>What a page asks for, with the customers in turn.</summary>
    private static IEnumerable<(string Name, Func<int, string> Path)> Paths(LoadedStore store, string deep)
    {
        string Id(int n) => store.SomeIds[n % store.SomeIds.Count];
        yield return ("one customer", n => $"/api/customers/{Id(n)}");
        yield return ("timeline", n => $"/api/customers/{Id(n)}/timeline");
        yield return ("list, newest first", _ => "/api/customers");
        yield return ("list, by e-mail", n => $"/api/customers?email={SomeNames.MailOf(n % store.Customers)}%40example.org");
        yield return ("list, by name", _ => "/api/customers?sort=name");
        yield return ("list, latest changed", _ => "/api/customers?sort=-changedAt");
        yield return ("list, beginning of a name", n => $"/api/customers?sort=name&name={Uri.EscapeDataString(SomeNames.Of(n % store.Customers)[..3])}");
        yield return ("list, of an owner", n => $"/api/customers?owner=owner-{n % 1_000}");
        yield return ("list, of a tag and a language", _ => "/api/customers?tag=vip&language=zh");
        yield return ("list, of an owner by name", n => $"/api/customers?owner=owner-{n % 1_000}&sort=name");
        yield return ("list, deep cursor", _ => $"/api/customers?limit=200&cursor={deep}");
    }

    private static async Task<string> DeepCursorAsync(HttpClient http, int pages, CancellationToken cancellation)
    {
        var cursor = "";
        for (var page = 0; page < pages; page++)
        {
            using var answer = await http.GetAsync($"/api/customers?limit=200{(cursor.Length == 0 ? "" : "&cursor=" + cursor)}", cancellation);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancellation));
            cursor = json.RootElement.GetProperty("nextCursor").GetString()!;
        }
        return cursor;
    }

    private static async Task<(LongHistogram, long Faults)> ReadAsync(HttpClient http, Func<int, string> path, TimeSpan duration, CancellationToken cancellation)
    {
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var number = 0;
        var faults = 0L;
        var all = Latency.NewHistogram();
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(async () =>
        {
            var own = Latency.NewHistogram();
            while (Stopwatch.GetTimestamp() < end)
            {
                var since = Stopwatch.GetTimestamp();
                using var answer = await http.GetAsync(path(Interlocked.Add(ref number, 7_919)), cancellation);
                await answer.Content.ReadAsByteArrayAsync(cancellation);
                if (answer.IsSuccessStatusCode) Latency.Record(own, since);
                else Interlocked.Increment(ref faults);
            }
            lock (all) all.Add(own);
        }, cancellation)));
        return (all, faults);
    }

    /// <summary>Point reads without HTTP, one after the other: p99 in milliseconds.</summary>
    private static async Task<double> InProcessAsync(LoadedStore store, TimeProvider clock, CancellationToken cancellation)
    {
        using var opened = SqliteStore.Open(store.Folder.FullName, clock);
        var histogram = Latency.NewHistogram();
        for (var n = 0; n < 40_000; n++)
        {
            var since = Stopwatch.GetTimestamp();
            var id = store.SomeIds[n * 7_919 % store.SomeIds.Count];
            if (await opened.Documents.Get(CustomerDirectory.KeyOf(id), cancellation) is null) throw new InvalidOperationException($"Customer {id} is gone.");
            if (n >= 20_000) Latency.Record(histogram, since);
        }
        return Latency.Milliseconds(histogram, 99);
    }
}

/// <param name="P99Milliseconds">Over HTTP, client included.</param>
internal sealed record ReadSample(string Name, double PerSecond, double P50Milliseconds, double P99Milliseconds, long Faults)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {PerSecond:0}/s p99 {P99Milliseconds:0.00} ms");
}

/// <param name="PointReadP99">In process, ms.</param>
internal sealed record SizeSample(int Round, int Customers, double PointReadP99, IReadOnlyList<ReadSample> Reads, LoadResult Ingest)
{
    public long Faults => Ingest.Faults + Reads.Sum(r => r.Faults);
}
