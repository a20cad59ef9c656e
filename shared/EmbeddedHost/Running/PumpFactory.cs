using System.Text.Json;
using Crm.Ports;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crm.EmbeddedHost;

/// <summary>Puts each function's pump together.</summary>
internal sealed class PumpFactory(
    IServiceProvider services,
    IServiceScopeFactory scopes,
    IOptions<FunctionsOptions> options,
    TimeProvider clock,
    Shutdown shutdown,
    Movement movement,
    RequestLoad load,
    ILoggerFactory loggers)
{
    private readonly IWriteSignal? signal = services.GetService<IWriteSignal>();

    /// <summary>Null for a function that no pump feeds.</summary>
    public IPump? Create(FunctionMetadata function)
    {
        ILogger logger = loggers.CreateLogger("Function." + function.Name);
        Tally tally = new(clock, movement);
        return function.Trigger switch
        {
            Trigger.Feed feed => Feed(function, feed, tally, logger),
            Trigger.Queue queue => Queue(function, queue, tally, logger),
            Trigger.Timer timer => Timer(function, timer, tally, logger),
            _ => null,
        };
    }

    private FeedPump Feed(FunctionMetadata function, Trigger.Feed feed, Tally tally, ILogger logger)
    {
        IDocuments documents = services.GetRequiredService<IDocuments>();
        FunctionRunner<IReadOnlyList<JsonElement>> runner = new(function.Method, scopes, (_, input) => input);
        FeedBatch batch = new(function, runner, scopes, clock, shutdown, tally, logger);
        WakeUp wake = new(clock, signal, IWriteSignal.Documents(feed.Container));
        return new(function, documents, new(documents, feed), batch, wake, load, clock, shutdown, tally, logger);
    }

    private QueuePump Queue(FunctionMetadata function, Trigger.Queue queue, Tally tally, ILogger logger)
    {
        IMessageReceiver receiver = services.GetRequiredService<IMessageReceiver>();
        FunctionRunner<ReceivedMessage> runner = new(function.Method, scopes, QueueRun.Bind);
        QueueRun run = new(function, runner, receiver, shutdown, tally, logger);
        HeldMessages held = new(receiver, options.Value.LockDuration, clock, logger);
        WakeUp wake = new(clock, signal, IWriteSignal.Messages(queue.Name));
        return new(function, receiver, held, run, wake, load, options.Value, clock, shutdown, tally, logger);
    }

    private TimerPump Timer(FunctionMetadata function, Trigger.Timer timer, Tally tally, ILogger logger)
    {
        TimeSpan lockFor = options.Value.LockDuration;
        TimerLeases leases = new(services.GetRequiredService<IDocuments>(), options.Value.LeaseContainer, function.Name, lockFor, clock);
        FunctionRunner<TimerInfo> runner = new(function.Method, scopes, (_, input) => input);
        TimerRun run = new(function, runner, leases, lockFor, clock, shutdown, tally, logger);
        return new(function, TimerSchedule.Parse(timer.Schedule)!, leases, run, new(clock, null, ""), clock, shutdown, tally, logger);
    }
}
