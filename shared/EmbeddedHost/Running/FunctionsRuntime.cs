using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.EmbeddedHost;

/// <summary>Starts the pumps once everything else has started, and lets them finish when the host stops.</summary>
internal sealed partial class FunctionsRuntime(
    FunctionCatalog catalog, PumpFactory factory, Movement movement, Shutdown shutdown, ILogger<FunctionsRuntime> logger)
    : IFunctionsRuntime, IHostedLifecycleService
{
    private readonly IReadOnlyList<IPump> pumps = [.. catalog.Functions.Select(factory.Create).OfType<IPump>()];
    private Task running = Task.CompletedTask;

    // Half of the cores at most, so that a request never waits behind a whole batch of a feed.
    private readonly TaskScheduler background =
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, Environment.ProcessorCount / 2)).ConcurrentScheduler;

    public IReadOnlyList<FunctionMetadata> Functions => catalog.Functions;

    public Task WhenIdle(CancellationToken token) => new Idle(pumps, movement).Reached(token);

    public async Task<IReadOnlyList<FunctionStatus>> Status(CancellationToken token)
    {
        List<FunctionStatus> all = [];
        foreach (IPump pump in pumps) all.Add(await pump.Status(token));
        return all;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!shutdown.Stopping.IsCancellationRequested) running = Task.WhenAll(pumps.Select(pump => Task.Factory.StartNew(pump.Run, CancellationToken.None, TaskCreationOptions.DenyChildAttach, background).Unwrap()));
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Log.GivenUp(logger);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(71, LogLevel.Error, "Some functions did not end in time; what they left is run again after the next start")]
        public static partial void GivenUp(ILogger logger);
    }
}
