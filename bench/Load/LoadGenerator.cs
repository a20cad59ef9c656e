using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using HdrHistogram;

namespace Crm.Bench.Load;

/// <summary>Posts signed events over a number of connections at a given pace.</summary>
internal static class LoadGenerator
{
    private static readonly TimeSpan s_lastAnswer = TimeSpan.FromSeconds(30);

    /// <param name="duration">How long the pace asks for requests; answers may take 30 s more.</param>
    public static async Task<LoadResult> RunAsync(
        HookTarget target, int connections, IPace pace, TimeSpan duration, TimeProvider clock, CancellationToken cancellation)
    {
        var run = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        var senders = Enumerable.Range(0, connections).Select(number => new HookSender(target, run, number, clock)).ToList();
        try
        {
            await Task.WhenAll(senders.Select(sender => sender.ConnectAsync(cancellation)));
            var tallies = senders.Select(_ => new Tally()).ToList();
            var cpu = Environment.CpuUsage.TotalTime;
            var began = Stopwatch.GetTimestamp();
            pace.Begin();
            var loops = Task.WhenAll(senders.Zip(tallies, (sender, tally) => SendAsync(sender, pace, tally)));
            await EndAsync(loops, senders, duration + s_lastAnswer, cancellation);
            return Sum(tallies, Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - cpu);
        }
        finally
        {
            foreach (var sender in senders) sender.Dispose();
        }
    }

    private static async Task SendAsync(HookSender sender, IPace pace, Tally tally)
    {
        try
        {
            while (await pace.NextAsync() is { } since)
            {
                var fault = await sender.PostAsync();
                if (fault is null) Latency.Record(tally.Latency, since);
                else tally.Faults.Add(fault);
            }
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException or FormatException)
        {
            tally.Faults.Add($"No answer: {broken.Message}");
        }
    }

    private static async Task EndAsync(Task loops, List<HookSender> senders, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await loops.WaitAsync(limit, cancellation);
        }
        catch (TimeoutException)
        {
            foreach (var sender in senders) sender.Dispose();
            await loops;
        }
    }

    private static LoadResult Sum(List<Tally> tallies, TimeSpan elapsed, TimeSpan cpu)
    {
        var latency = Latency.NewHistogram();
        foreach (var tally in tallies) latency.Add(tally.Latency);
        var faults = tallies.SelectMany(tally => tally.Faults).ToList();
        return new LoadResult(
            latency.TotalCount,
            faults.Count,
            [.. faults.Distinct().Take(5)],
            elapsed.TotalSeconds,
            Latency.Milliseconds(latency, 50),
            Latency.Milliseconds(latency, 99),
            Latency.Milliseconds(latency, 99.9),
            Latency.Milliseconds(latency, 100),
            cpu / elapsed);
    }

    private sealed class Tally
    {
        public LongHistogram Latency { get; } = Load.Latency.NewHistogram();

        public List<string> Faults { get; } = [];
    }
}
