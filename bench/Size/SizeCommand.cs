using System.CommandLine;
using Crm.Bench.Load;

namespace Crm.Bench.Size;

/// <summary>The product on a small store and on a large one, in turns: what size costs (F7, F8, F9).</summary>
internal static class SizeCommand
{
    public static Command Build()
    {
        var sizes = new Option<int[]>("--customers")
        {
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [10_000, 1_000_000],
            Description = "Sizes to compare, in customers; each has ten activities.",
        };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 6, Description = "Measured per load, in seconds." };
        var command = new Command("size", "Ingest, reads, timelines and lists at several sizes.") { sizes, rounds, seconds };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(sizes), parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<int> sizes, int rounds, TimeSpan measured, CancellationToken cancellation)
    {
        LeanSockets.Use();
        var clock = TimeProvider.System;
        var machine = Machine.Describe(clock);
        using var data = DataFolder.Create();
        var stores = new List<LoadedStore>();
        foreach (var size in sizes)
        {
            var store = await LoadedStore.FillAsync(data.Root.CreateSubdirectory($"{size}"), size, clock, cancellation);
            await System.Console.Error.WriteLineAsync($"{size:#,0} customers loaded in {store.LoadTime.TotalSeconds:0} s, {store.Bytes / 1e6:#,0} MB");
            stores.Add(store);
        }

        var samples = new List<SizeSample>();
        for (var round = 1; round <= rounds; round++)
        {
            // Every other round runs backwards, so that no size always follows the same one.
            foreach (var store in round % 2 == 1 ? stores : Enumerable.Reverse(stores))
            {
                samples.Add(await SizeRound.MeasureAsync(round, store, measured, clock, cancellation));
                await System.Console.Error.WriteLineAsync(SizeReport.Line(samples[^1]));
            }
        }

        await System.Console.Out.WriteLineAsync(SizeReport.Markdown(machine, stores, samples));
        return samples.Exists(s => s.Faults > 0) ? 1 : 0;
    }
}
