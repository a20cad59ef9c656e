using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Crm.Adapters.Sqlite;
using Crm.Bench.Load;
using Crm.Bench.Servers;
using Crm.Customers;
using Crm.Ports;
using Crm.Search;
using HdrHistogram;

namespace Crm.Bench.Searching;

/// <summary>
/// How long each documented kind of query takes, on the engine and over HTTP (F10). Exit code 1 when one that must find somebody
/// found nobody, or the other way round.
/// </summary>
internal static class SearchCommand
{
    /// <summary>A prime, so that successive queries ask for customers far apart.</summary>
    private const int Stride = 7_919;

    public static Command Build()
    {
        var customers = new Option<int>("--customers") { DefaultValueFactory = _ => 10_000 };
        var queries = new Option<int>("--queries") { DefaultValueFactory = _ => 1_000, Description = "Of each kind, after half as many to warm up." };
        var command = new Command("search", "Queries of each documented kind, on the engine and over HTTP.") { customers, queries };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(customers), parsed.GetValue(queries), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int customers, int queries, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var machine = Machine.Describe(clock);
        using var data = DataFolder.Create();
        var store = await SearchedStore.FillAsync(data.Root.CreateSubdirectory("search"), customers, clock, cancellation);
        var engine = await OnEngineAsync(store, queries, clock, cancellation);
        var http = await OverHttpAsync(store, queries, cancellation);
        await System.Console.Out.WriteLineAsync(Markdown(machine, store, queries, engine, http));
        return engine.Concat(http).Any(s => s.Faults > 0) ? 1 : 0;
    }

    private static async Task<List<Sample>> OnEngineAsync(SearchedStore store, int queries, TimeProvider clock, CancellationToken cancellation)
    {
        using var opened = SqliteStore.Open(store.Folder.FullName, clock);
        var search = new DocumentSearch(opened.Documents);
        return await EachAsync(store, queries, async text => (await search.Find(new SearchQuery(KeepSearch.Scope, text), cancellation)).Hits.Count);
    }

    private static async Task<List<Sample>> OverHttpAsync(SearchedStore store, int queries, CancellationToken cancellation)
    {
        await using var server = await ServerProcess.StartOnAsync(ServerKinds.Named("crm"), store.Folder, cancellation);
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminKey);
        return await EachAsync(store, queries, async text =>
        {
            using var answer = await http.GetAsync($"/api/customers?q={Uri.EscapeDataString(text)}", cancellation);
            answer.EnsureSuccessStatusCode();
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            return json.RootElement.GetProperty("items").GetArrayLength();
        });
    }

    /// <summary>One query after the other, the kinds in turn, so that none has a quieter moment than the others.</summary>
    private static async Task<List<Sample>> EachAsync(SearchedStore store, int queries, Func<string, Task<int>> ask)
    {
        var histograms = Question.All.Select(_ => Latency.NewHistogram()).ToList();
        var faults = new int[Question.All.Count];
        for (var n = -queries / 2; n < queries; n++)
        {
            var customer = (int)((long)(n + queries) * Stride % store.Customers);
            for (var kind = 0; kind < Question.All.Count; kind++)
            {
                var question = Question.All[kind];
                // Every tenth customer has a Chinese name only.
                var asked = question.Name.Contains("Chinese", StringComparison.Ordinal) ? customer / 10 * 10 : customer / 10 * 10 + 1 + customer % 9;
                var text = question.Text(asked % store.Customers);
                var since = Stopwatch.GetTimestamp();
                var found = await ask(text);
                if (n >= 0) Latency.Record(histograms[kind], since);
                if (found > 0 != question.Finds) faults[kind]++;
            }
        }
        return [.. histograms.Select((h, kind) => new Sample(h, faults[kind]))];
    }

    private static string Markdown(string machine, SearchedStore store, int queries, List<Sample> engine, List<Sample> http)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"Machine: {machine}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Again: `{Machine.RerunCommand()}`").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{store.Customers:#,0} customers loaded in {store.LoadTime.TotalSeconds:0} s, {store.Bytes / 1e6:#,0} MB; {queries:#,0} queries of each kind, one after the other, 50 hits a page; milliseconds.").AppendLine()
            .AppendLine("| query | engine p50 | engine p99 | HTTP p50 | HTTP p99 | faults |")
            .AppendLine("|---|---|---|---|---|---|");
        for (var kind = 0; kind < Question.All.Count; kind++)
            page.AppendLine(CultureInfo.InvariantCulture, $"| {Question.All[kind].Name} | {engine[kind].Milliseconds(50):0.00} | {engine[kind].Milliseconds(99):0.00} | {http[kind].Milliseconds(50):0.00} | {http[kind].Milliseconds(99):0.00} | {engine[kind].Faults + http[kind].Faults} |");
        return page.ToString();
    }

    private sealed record Sample(LongHistogram Histogram, int Faults)
    {
        public double Milliseconds(double percentile) => Latency.Milliseconds(Histogram, percentile);
    }
}
