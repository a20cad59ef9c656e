using System.Net.Http.Headers;
using Azure;
using Azure.Storage.Blobs.Models;
using Crm.Ports;

namespace Crm.Adapters.Blobs;

/// <summary>What the service's errors mean to us.</summary>
internal static class StoreErrors
{
    private const string Message = "The blob store cannot answer now.";

    /// <summary>The write's own condition failed. Other conflicts (a lease, a policy, a container on its way out) are errors.</summary>
    public static bool MeansRefused(RequestFailedException error) =>
        error.ErrorCode == BlobErrorCode.BlobAlreadyExists || error.ErrorCode == BlobErrorCode.ConditionNotMet;

    /// <summary>Null when trying again later will not help.</summary>
    public static StoreUnavailableException? Unavailable(Exception error, CancellationToken token) => error switch
    {
        // Zero: no answer came at all.
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } failed => Retry(failed) is { } after
            ? new StoreUnavailableException(Message, error) { RetryAfter = after }
            : new StoreUnavailableException(Message, error),
        RequestFailedException failed when failed.ErrorCode == BlobErrorCode.ContainerBeingDeleted => new StoreUnavailableException(Message, error),
        // Every try failed on the way; only such failures are tried again.
        AggregateException => new StoreUnavailableException(Message, error),
        OperationCanceledException when !token.IsCancellationRequested => new StoreUnavailableException("The blob store did not answer in time.", error),
        _ => null,
    };

    private static TimeSpan? Retry(RequestFailedException error) =>
        error.GetRawResponse()?.Headers is { } headers
            && headers.TryGetValue("Retry-After", out var text)
            && RetryConditionHeaderValue.TryParse(text, out var value)
            && (value.Delta ?? value.Date - headers.Date) is { } after
            && after > TimeSpan.Zero
            ? after : null;
}
