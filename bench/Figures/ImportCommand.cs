using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Crm.Bench.Servers;
using Microsoft.Data.Sqlite;

namespace Crm.Bench.Figures;

/// <summary>F11: a CSV file through the whole product, from the upload to the last customer, beside raw batched SQLite inserts of the same rows.</summary>
internal static class ImportCommand
{
    private const int RowsInBatch = 1_000;

    public static Command Build()
    {
        var rows = new Option<int>("--rows") { DefaultValueFactory = _ => 50_000 };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var command = new Command("import", "Customers from a CSV file, beside raw inserts of the same rows (F11).") { rows, rounds };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(rows), parsed.GetValue(rounds), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int rows, int rounds, CancellationToken cancellation)
    {
        var table = Enumerable.Range(0, rows).Select(RowOf).ToList();
        var file = Encoding.UTF8.GetBytes("id,name,email,phone,city,street,tags\n" + string.Concat(table.Select(r => string.Join(',', r) + "\n")));
        var (raw, product) = (new List<double>(), new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            using var data = DataFolder.Create();
            raw.Add(rows / Raw(data.Root, table).TotalSeconds);
            var (time, created) = await ProductAsync(data.Root.CreateSubdirectory("product"), file, cancellation);
            if (created != rows) throw new InvalidOperationException($"{created} of {rows} rows became customers.");
            product.Add(rows / time.TotalSeconds);
            await System.Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {round}: raw {raw[^1]:#,0} rows/s, product {product[^1]:#,0} rows/s"));
        }
        var (rawSpread, productSpread) = (Spread.Of(raw), Spread.Of(product));
        await System.Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Machine: {Machine.Describe(TimeProvider.System)}

            Again: `{Machine.RerunCommand()}`

            | {rows:#,0} rows | rows/s |
            |---|---|
            | raw inserts, {RowsInBatch} in a transaction | {rawSpread.Show("#,0")} |
            | product, upload to last customer | {productSpread.Show("#,0")} |
            | F11 | {product.Zip(raw, (p, r) => p / r).Order().ElementAt(rounds / 2):0.000} |
            """));
        return 0;
    }

    private static string[] RowOf(int n) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"K-{n:D7}"), string.Create(CultureInfo.InvariantCulture, $"Person {n}"), string.Create(CultureInfo.InvariantCulture, $"person{n}@example.org"),
        string.Create(CultureInfo.InvariantCulture, $"+49151{10_000_000 + n}"), "Berlin", string.Create(CultureInfo.InvariantCulture, $"Street {n % 100}"), n % 10 == 0 ? "vip" : "",
    ];

    private static TimeSpan Raw(DirectoryInfo folder, List<string[]> table)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "raw.db")};Pooling=False");
        connection.Open();
        using (var setup = new SqliteCommand("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE customers (id TEXT PRIMARY KEY, name TEXT, email TEXT, phone TEXT, city TEXT, street TEXT, tags TEXT)", connection)) setup.ExecuteNonQuery();
        var began = Stopwatch.GetTimestamp();
        foreach (var batch in table.Chunk(RowsInBatch))
        {
            using var transaction = connection.BeginTransaction();
            using var insert = new SqliteCommand("INSERT INTO customers VALUES ($0, $1, $2, $3, $4, $5, $6)", connection, transaction);
            var parameters = Enumerable.Range(0, 7).Select(i => insert.Parameters.Add(string.Create(CultureInfo.InvariantCulture, $"${i}"), SqliteType.Text)).ToList();
            insert.Prepare();
            foreach (var row in batch)
            {
                for (var i = 0; i < row.Length; i++) parameters[i].Value = row[i];
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task<(TimeSpan Time, int Created)> ProductAsync(DirectoryInfo folder, byte[] file, CancellationToken cancellation)
    {
        await using var server = await ServerProcess.StartOnAsync(ServerKinds.Named("crm"), folder, cancellation);
        using var http = new HttpClient { BaseAddress = server.BaseAddress, Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.AdminKey);
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync("/api/imports?start=auto", content, cancellation);
        answer.EnsureSuccessStatusCode();
        using var made = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(cancellation));
        var id = made.RootElement.GetProperty("id").GetString();
        while (true)
        {
            using var read = JsonDocument.Parse(await http.GetStringAsync($"/api/imports/{id}", cancellation));
            var state = read.RootElement.GetProperty("state").GetString();
            if (state is "done") return (Stopwatch.GetElapsedTime(began), read.RootElement.GetProperty("counts").GetProperty("created").GetInt32());
            if (state is not ("validating" or "running")) throw new InvalidOperationException($"The import is {state}: {read.RootElement}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
        }
    }
}
