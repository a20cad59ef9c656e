using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Crm.Ports;
using BlobProperties = Crm.Ports.BlobProperties;

namespace Crm.Adapters.Blobs;

/// <summary>Blobs in one container of Azure Blob Storage, or of Azurite.</summary>
public sealed class AzureBlobs : IBlobs
{
    private readonly BlobContainerClient _container;
    private Task? _created;

    public AzureBlobs(string connectionString, string container) => _container = new BlobContainerClient(connectionString, container, Options());

    /// <param name="container">The container's address.</param>
    public AzureBlobs(Uri container, TokenCredential credential) => _container = new BlobContainerClient(container, credential, Options());

    public async Task<string?> Put(string name, Stream content, string contentType, Precondition precondition, CancellationToken token)
    {
        BlobNames.Check(name);
        try
        {
            await Created();
            var answer = await _container.GetBlobClient(name).UploadAsync(
                content,
                new BlobUploadOptions
                {
                    HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
                    Conditions = precondition.IfAbsent ? new BlobRequestConditions { IfNoneMatch = ETag.All }
                        : precondition.IfMatch is { } etag ? new BlobRequestConditions { IfMatch = new ETag(etag) } : null,
                },
                token);
            return Text(answer.Value.ETag);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            return null;
        }
        catch (Exception e) when (Unavailable(e, token) is { } unavailable)
        {
            throw unavailable;
        }
    }

    public Task<BlobContent?> Open(string name, CancellationToken token) => Ask(name, async blob =>
    {
        var answer = await blob.DownloadStreamingAsync(cancellationToken: token);
        var details = answer.Value.Details;
        return new BlobContent(new BlobProperties(name, Text(details.ETag), details.ContentType, details.ContentLength, details.LastModified), answer.Value.Content);
    }, token);

    public Task<BlobProperties?> Find(string name, CancellationToken token) => Ask(name, async blob =>
    {
        var found = (await blob.GetPropertiesAsync(cancellationToken: token)).Value;
        return new BlobProperties(name, Text(found.ETag), found.ContentType, found.ContentLength, found.LastModified);
    }, token);

    public async Task<bool> Delete(string name, CancellationToken token)
    {
        BlobNames.Check(name);
        try
        {
            await Created();
            return (await _container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: token)).Value;
        }
        catch (Exception e) when (Unavailable(e, token) is { } unavailable)
        {
            throw unavailable;
        }
    }

    public async IAsyncEnumerable<BlobProperties> List(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        await using var blobs = _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, token).GetAsyncEnumerator(token);
        while (true)
        {
            try
            {
                await Created();
                if (!await blobs.MoveNextAsync()) yield break;
            }
            catch (Exception e) when (Unavailable(e, token) is { } unavailable)
            {
                throw unavailable;
            }
            var found = blobs.Current;
            yield return new BlobProperties(
                found.Name, Text(found.Properties.ETag!.Value), found.Properties.ContentType, found.Properties.ContentLength!.Value, found.Properties.LastModified!.Value);
        }
    }

    private static BlobClientOptions Options() => new() { Retry = { MaxRetries = 3, NetworkTimeout = TimeSpan.FromSeconds(100) } };

    /// <summary>Null when the blob is not there.</summary>
    private async Task<T?> Ask<T>(string name, Func<BlobClient, Task<T>> ask, CancellationToken token) where T : class
    {
        BlobNames.Check(name);
        try
        {
            await Created();
            return await ask(_container.GetBlobClient(name));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (Exception e) when (Unavailable(e, token) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <summary>Once in a process's life, and again if it failed.</summary>
    private Task Created()
    {
        var created = _created;
        if (created is { IsCompletedSuccessfully: true } or { IsCompleted: false }) return created;
        return _created = _container.CreateIfNotExistsAsync();
    }

    private static StoreUnavailableException? Unavailable(Exception e, CancellationToken token) => e switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => new StoreUnavailableException("The blob store cannot answer.", e),
        AggregateException { InnerException: RequestFailedException } => new StoreUnavailableException("The blob store cannot answer.", e),
        OperationCanceledException when !token.IsCancellationRequested => new StoreUnavailableException("The blob store did not answer in time.", e),
        _ => null,
    };

    /// <summary>Without quotes, as every engine here gives them.</summary>
    private static string Text(ETag etag) => etag.ToString("G").Trim('"');
}
