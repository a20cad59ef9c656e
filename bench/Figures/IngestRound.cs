using System.Diagnostics;
using Crm.Bench.Load;
using Crm.Bench.Servers;

namespace Crm.Bench.Figures;

/// <summary>
/// One server's turn in a fresh process on a fresh store: warm up, highest rate, wait until it has caught up, half of
/// that rate by schedule.
/// </summary>
internal sealed class IngestRound(IngestPlan plan, DataFolder data, TimeProvider clock)
{
    private static readonly TimeSpan s_quietProbe = TimeSpan.FromSeconds(0.5);
    private const double QuietCores = 0.05;

    public async Task<IngestSample> MeasureAsync(int number, IServerKind kind, CancellationToken cancellation)
    {
        await using var server = await ServerProcess.StartAsync(kind, data.Root, cancellation);
        var target = await kind.PrepareAsync(server.EndPoint, server.AdminKey, cancellation);
        var warm = await LoadAsync(target, new ClosedLoop(plan.Warm), plan.Warm, cancellation);

        var before = await Usage.TakeAsync(server, cancellation);
        var closed = await LoadAsync(target, new ClosedLoop(plan.Measured), plan.Measured, cancellation);
        var after = await Usage.TakeAsync(server, cancellation);
        var quiet = await UntilQuietAsync(server, cancellation);

        var schedule = new OpenLoop(Math.Max(1, closed.RequestsPerSecond / 2), plan.Measured);
        var openBefore = await Usage.TakeAsync(server, cancellation);
        var open = await LoadAsync(target, schedule, plan.Measured, cancellation);
        var openAfter = await Usage.TakeAsync(server, cancellation);

        return new IngestSample(
            number,
            kind.Name,
            warm,
            closed,
            after.ServerCoresSince(before, closed),
            (double)(after.Server.AllocatedBytes - before.Server.AllocatedBytes) / Math.Max(1, closed.Answered),
            after.Server.WorkingSetBytes,
            quiet,
            after.OtherCoresSince(before, closed),
            open,
            openAfter.OtherCoresSince(openBefore, open),
            schedule.LateMilliseconds);
    }

    private Task<LoadResult> LoadAsync(HookTarget target, IPace pace, TimeSpan duration, CancellationToken cancellation) =>
        LoadGenerator.RunAsync(target, plan.Connections, pace, duration, clock, cancellation);

    // A server that works on behind its answers is quiet when it takes less than a twentieth of a core.
    private async Task<double?> UntilQuietAsync(ServerProcess server, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var probes = new PeriodicTimer(s_quietProbe, clock);
        for (var last = await server.StatsAsync(cancellation); Stopwatch.GetElapsedTime(began) < plan.QuietLimit;)
        {
            await probes.WaitForNextTickAsync(cancellation);
            var now = await server.StatsAsync(cancellation);
            if (now.CpuMilliseconds - last.CpuMilliseconds < QuietCores * s_quietProbe.TotalMilliseconds)
                return (Stopwatch.GetElapsedTime(began) - s_quietProbe).TotalSeconds;
            last = now;
        }

        return null;
    }

    private sealed record Usage(ServerStats Server, double MachineBusySeconds)
    {
        public static async Task<Usage> TakeAsync(ServerProcess server, CancellationToken cancellation) =>
            new(await server.StatsAsync(cancellation), Machine.BusySeconds());

        public double ServerCoresSince(Usage before, LoadResult load) =>
            (Server.CpuMilliseconds - before.Server.CpuMilliseconds) / 1000 / load.Seconds;

        // The system counts in hundredths of a second, the processes finer: nothing may come out as less than nothing.
        public double OtherCoresSince(Usage before, LoadResult load) => Math.Max(
            0,
            (MachineBusySeconds - before.MachineBusySeconds) / load.Seconds - ServerCoresSince(before, load) - load.GeneratorCores);
    }
}
