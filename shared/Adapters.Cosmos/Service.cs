using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Crm.Ports;
using Microsoft.Azure.Cosmos;

namespace Crm.Adapters.Cosmos;

/// <summary>One answer of the service. <paramref name="Status"/> null: no answer came, and a write may or may not have happened.</summary>
internal sealed record Answer(HttpStatusCode? Status, string? ETag, JsonDocument? Json, TimeSpan? RetryAfter, Exception? Error)
{
    public bool IsUnknown => Status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.Gone or (HttpStatusCode)449 || Status >= HttpStatusCode.InternalServerError;

    public bool IsThrottled => Status is HttpStatusCode.TooManyRequests;

    public bool IsDone => Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;
}

/// <summary>Sends requests, measures what they cost, and tells which errors another try may help.</summary>
internal static class Service
{
    private static readonly Meter Meter = new("Crm.Adapters.Cosmos");
    private static readonly Histogram<double> Charge = Meter.CreateHistogram<double>("crm.cosmos.request_charge", "{RU}", "Request units that one operation cost.");

    public static async Task<Answer> Send(string container, string operation, Func<Task<ResponseMessage>> send, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        try
        {
            using var response = await send();
            Measure(container, operation, response.StatusCode, response.Headers.RequestCharge);
            var json = response.IsSuccessStatusCode && response.Content is { Length: > 0 } content ? await JsonDocument.ParseAsync(content, default, token) : null;
            return new Answer(response.StatusCode, response.Headers.ETag, json, Delay(response.Headers["x-ms-retry-after-ms"]), null);
        }
        catch (Exception error) when (IsTransport(error, token))
        {
            return new Answer((error as CosmosException)?.StatusCode, null, null, (error as CosmosException)?.RetryAfter, error);
        }
    }

    public static void Measure(string container, string operation, HttpStatusCode status, double charge) => Charge.Record(
        charge,
        new KeyValuePair<string, object?>("container", container),
        new KeyValuePair<string, object?>("operation", operation),
        new KeyValuePair<string, object?>("status", (int)status));

    public static bool IsTransport(Exception error, CancellationToken token) => error switch
    {
        CosmosException or HttpRequestException or IOException or TimeoutException => true,
        OperationCanceledException => !token.IsCancellationRequested,
        _ => false,
    };

    /// <summary>What to throw for an answer that no caller can use.</summary>
    public static Exception Failed(Answer answer) => answer.IsUnknown || answer.IsThrottled
        ? Unavailable(answer)
        : new InvalidOperationException($"Cosmos DB answered {(int?)answer.Status}.", answer.Error);

    public static StoreUnavailableException Unavailable(Answer answer)
    {
        const string message = "The document store cannot answer now.";
        return answer.RetryAfter is { } after && after > TimeSpan.Zero
            ? new StoreUnavailableException(message, answer.Error!) { RetryAfter = after }
            : new StoreUnavailableException(message, answer.Error!);
    }

    private static TimeSpan? Delay(string? milliseconds) =>
        double.TryParse(milliseconds, System.Globalization.CultureInfo.InvariantCulture, out var value) ? TimeSpan.FromMilliseconds(value) : null;
}
