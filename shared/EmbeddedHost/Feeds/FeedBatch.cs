using System.Text.Json;
using Crm.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.EmbeddedHost;

/// <summary>
/// Runs the function on one page of changes. When its retries end, each document runs alone, so that a poisonous one is
/// parked and its neighbours are not lost with it.
/// </summary>
internal sealed partial class FeedBatch(
    FunctionMetadata function,
    FunctionRunner<IReadOnlyList<JsonElement>> runner,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    Shutdown shutdown,
    Tally tally,
    ILogger logger)
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 }; // Engines take more levels than the default of 64.

    private readonly Attempts attempts = new(function.Retry, clock, shutdown);
    private readonly string container = ((Trigger.Feed)function.Trigger).Container;

    /// <summary>Returns when the changes may be left behind.</summary>
    /// <exception cref="OperationCanceledException">The host stops and they may not.</exception>
    public async Task Handle(IReadOnlyList<FeedItem> changes)
    {
        JsonElement[] documents = new JsonElement[changes.Count];
        for (int i = 0; i < documents.Length; i++) documents[i] = JsonElement.Parse(changes[i].Json.Span, Deep);

        if (await Try(documents) is not { } error) return;
        if (function.Retry is null)
        {
            Log.Skipped(logger, function.Name, documents.Length, container);
            return;
        }

        if (documents.Length == 1)
        {
            await Park(documents[0], error);
            return;
        }

        Log.Isolating(logger, function.Name, documents.Length, container);
        foreach (JsonElement document in documents)
        {
            shutdown.Stopping.ThrowIfCancellationRequested();
            if (await Try([document]) is { } poison) await Park(document, poison);
        }
    }

    private async Task<Exception?> Try(JsonElement[] documents)
    {
        Exception? error = await attempts.Run(token => runner.Run(documents, token), (e, delay) =>
        {
            Log.Failed(logger, e, function.Name, documents.Length, container, delay);
            tally.Failed(e);
        });
        if (error is null) tally.Succeeded();
        return error;
    }

    private async Task Park(JsonElement document, Exception error)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetService<IParkedDocuments>() is not { } parked)
        {
            Log.Skipped(logger, function.Name, 1, container);
            return;
        }

        await Patience.Insist(
            async token =>
            {
                await parked.Park(function.Name, container, document, error, token);
                return true;
            },
            e =>
            {
                Log.NotParked(logger, e, function.Name, container);
                tally.Failed(e);
            },
            clock,
            shutdown.Drained);
        tally.Parked();
        Log.Parked(logger, function.Name, container);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Function} failed on {Count} document(s) of {Container}; next try in {Delay}")]
        public static partial void Failed(ILogger logger, Exception error, string function, int count, string container, TimeSpan? delay);

        [LoggerMessage(2, LogLevel.Error, "{Function} leaves {Count} document(s) of {Container} behind for good")]
        public static partial void Skipped(ILogger logger, string function, int count, string container);

        [LoggerMessage(3, LogLevel.Warning, "{Function} takes {Count} documents of {Container} one by one")]
        public static partial void Isolating(ILogger logger, string function, int count, string container);

        [LoggerMessage(4, LogLevel.Error, "{Function} parked a document of {Container}")]
        public static partial void Parked(ILogger logger, string function, string container);

        [LoggerMessage(5, LogLevel.Error, "{Function} could not park a document of {Container}")]
        public static partial void NotParked(ILogger logger, Exception error, string function, string container);
    }
}
