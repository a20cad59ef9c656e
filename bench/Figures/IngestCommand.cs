using System.CommandLine;
using System.Text.Json;
using Crm.Bench.Load;
using Crm.Bench.Servers;

namespace Crm.Bench.Figures;

/// <summary>
/// Ingest beside the baselines: rate, latency, allocation. Exit code 1 when any answer was wrong or missing.
/// </summary>
internal static class IngestCommand
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Build()
    {
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5, Description = "Turns of each server." };
        var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 8, Description = "Measured per load, in seconds." };
        var warm = new Option<double>("--warm") { DefaultValueFactory = _ => 6, Description = "Warm-up of each process, in seconds." };
        var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 64 };
        var quiet = new Option<double>("--quiet") { DefaultValueFactory = _ => 120, Description = "Longest wait for a server to catch up, in seconds." };
        var servers = new Option<string[]>("--servers")
        {
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. ServerKinds.All.Select(kind => kind.Name)],
            Description = "Which servers, by name.",
        };
        var output = new Option<FileInfo?>("--out") { Description = "Writes all samples to this file as JSON." };
        var command = new Command("ingest", "Signed webhooks: rate, latency and allocation beside the baselines.")
        {
            rounds, seconds, warm, connections, quiet, servers, output,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new IngestPlan(
                parsed.GetValue(rounds),
                TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                TimeSpan.FromSeconds(parsed.GetValue(warm)),
                parsed.GetValue(connections),
                TimeSpan.FromSeconds(parsed.GetValue(quiet))),
            [.. parsed.GetRequiredValue(servers).Select(ServerKinds.Named)],
            parsed.GetValue(output),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        IngestPlan plan, IReadOnlyList<IServerKind> servers, FileInfo? output, CancellationToken cancellation)
    {
        LeanSockets.Use();
        var clock = TimeProvider.System;
        var machine = Machine.Describe(clock);
        var samples = new List<IngestSample>();
        using (var data = DataFolder.Create())
        {
            var round = new IngestRound(plan, data, clock);
            for (var number = 1; number <= plan.Rounds; number++)
            {
                // Every other round runs backwards, so that no server always follows the same one.
                foreach (var kind in number % 2 == 1 ? servers : servers.Reverse())
                {
                    var sample = await round.MeasureAsync(number, kind, cancellation);
                    samples.Add(sample);
                    await System.Console.Error.WriteLineAsync(IngestReport.Line(sample));
                }
            }
        }

        await System.Console.Out.WriteLineAsync(IngestReport.Markdown(plan, machine, servers, samples));
        if (output is not null)
        {
            await using var file = output.Create();
            await JsonSerializer.SerializeAsync(
                file, new { machine, command = Machine.RerunCommand(), samples }, s_json, cancellation);
        }

        return samples.Exists(sample => sample.Faults > 0) ? 1 : 0;
    }
}
