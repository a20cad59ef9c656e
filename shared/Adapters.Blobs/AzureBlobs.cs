using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Crm.Ports;
using BlobProperties = Crm.Ports.BlobProperties;

namespace Crm.Adapters.Blobs;

/// <summary>
/// Blobs in one container of Azure Blob Storage, or of Azurite; the container is made when first used. When the service cannot
/// answer, calls throw <see cref="StoreUnavailableException"/>, with the wait that the service asked for.
/// </summary>
/// <param name="container">The container; its client's own retries come before ours.</param>
public sealed class AzureBlobs(BlobContainerClient container) : IBlobs
{
    /// <summary>Names the write that made a version.</summary>
    private const string WriteId = "write";

    /// <summary>The service's limit for one request: 5,000 MiB.</summary>
    private const long MostInOneRequest = 5_000L * 1024 * 1024;

    private Task? _created;

    public AzureBlobs(string connectionString, string container) : this(new BlobContainerClient(connectionString, container)) { }

    /// <param name="container">The container's address.</param>
    public AzureBlobs(Uri container, TokenCredential credential) : this(new BlobContainerClient(container, credential)) { }

    public async Task<string?> Put(string name, Stream content, string contentType, Precondition precondition, CancellationToken token)
    {
        var write = Guid.NewGuid().ToString("N");
        var whole = await WholeStream.Of(content, token);
        try
        {
            return await Ask(name, async blob => Text((await blob.UploadAsync(whole, Upload(contentType, precondition, write), token)).Value.ETag), token);
        }
        catch (RequestFailedException e) when (StoreErrors.MeansRefused(e))
        {
            // A write whose answer was lost is tried again, and then refused by its own success.
            var found = await Ask(name, async blob => (await blob.GetPropertiesAsync(cancellationToken: token)).Value, token);
            return found is not null && found.Metadata.TryGetValue(WriteId, out var writer) && writer == write ? Text(found.ETag) : null;
        }
        finally
        {
            if (!ReferenceEquals(whole, content)) await whole.DisposeAsync();
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

    public async Task<bool> Delete(string name, CancellationToken token) =>
        await Ask(name, async blob => await blob.DeleteAsync(cancellationToken: token), token) is not null;

    public async IAsyncEnumerable<BlobProperties> List(string prefix, [EnumeratorCancellation] CancellationToken token)
    {
        await using var blobs = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, token).GetAsyncEnumerator(token);
        while (true)
        {
            try
            {
                await Created(token);
                if (!await blobs.MoveNextAsync()) yield break;
            }
            catch (Exception e) when (StoreErrors.Unavailable(e, token) is { } unavailable)
            {
                throw unavailable;
            }
            var (name, found) = (blobs.Current.Name, blobs.Current.Properties);
            yield return new BlobProperties(name, Text(found.ETag!.Value), found.ContentType, found.ContentLength!.Value, found.LastModified!.Value);
        }
    }

    private static BlobUploadOptions Upload(string contentType, Precondition precondition, string write) => new()
    {
        HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
        Metadata = new Dictionary<string, string> { [WriteId] = write },
        TransferOptions = new StorageTransferOptions { InitialTransferSize = MostInOneRequest },
        Conditions = precondition.IfAbsent ? new BlobRequestConditions { IfNoneMatch = ETag.All }
            : precondition.IfMatch is { } etag ? new BlobRequestConditions { IfMatch = new ETag(etag) } : null,
    };

    /// <summary>Null when the blob is not there.</summary>
    private async Task<T?> Ask<T>(string name, Func<BlobClient, Task<T>> ask, CancellationToken token) where T : class
    {
        BlobNames.Check(name);
        try
        {
            await Created(token);
            return await ask(container.GetBlobClient(name));
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
        catch (Exception e) when (StoreErrors.Unavailable(e, token) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <summary>Once in a process's life, and again if it failed.</summary>
    private async Task Created(CancellationToken token)
    {
        var created = _created;
        if (created is null or { IsCompleted: true, IsCompletedSuccessfully: false }) _created = created = container.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
        await created.WaitAsync(token);
    }

    /// <summary>Without quotes, as every engine here gives them.</summary>
    private static string Text(ETag etag) => etag.ToString("G").Trim('"');
}
