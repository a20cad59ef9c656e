using System.Globalization;
using Crm.Ports;

namespace Crm.Adapters.Files;

/// <summary>
/// Blobs as plain files that a person can open. A write goes to a temporary file, is flushed, and takes its place by a rename.
/// The ETag is the file's time and length; the content type stands beside it under that ETag, written first, so that a crash in
/// between leaves the old blob whole.
/// </summary>
public sealed class FileBlobs : IBlobs
{
    private const int Stripes = 64;

    // No blob's name holds a tilde.
    private const string Temporary = "~temporary";

    private readonly string _folder;
    private readonly ContentTypes _types;
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    /// <param name="folder">Made if it is not there; must belong to this store alone.</param>
    public FileBlobs(string folder)
    {
        _folder = Path.GetFullPath(folder);
        _types = new ContentTypes(Path.Combine(_folder, "~types"));
        var temporary = Path.Combine(_folder, Temporary);
        // What a crash left half written was never acknowledged.
        if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
        Directory.CreateDirectory(temporary);
    }

    public async Task<string?> Put(string name, Stream content, string contentType, Precondition precondition, CancellationToken token)
    {
        var path = PathOf(name);
        var written = Path.Combine(_folder, Temporary, Guid.NewGuid().ToString("N"));
        try
        {
            await using (var file = new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await content.CopyToAsync(file, token);
                file.Flush(flushToDisk: true);
            }
            return await Place(name, path, written, contentType, precondition, token);
        }
        finally
        {
            File.Delete(written);
        }
    }

    public async Task<BlobContent?> Open(string name, CancellationToken token)
    {
        var path = PathOf(name);
        while (true)
        {
            FileStream file;
            try
            {
                file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
            {
                return null;
            }
            // The open file is one version, whatever takes its name meanwhile.
            var etag = ETagOf(File.GetLastWriteTimeUtc(file.SafeFileHandle), file.Length);
            if (await _types.Find(name, etag, token) is { } type)
                return new BlobContent(new BlobProperties(name, etag, type, file.Length, new DateTimeOffset(File.GetLastWriteTimeUtc(file.SafeFileHandle))), file);
            await file.DisposeAsync();
            // Its successor has come twice since: look again.
            if (!File.Exists(path)) return null;
        }
    }

    public async Task<BlobProperties?> Find(string name, CancellationToken token)
    {
        await using var blob = await Open(name, token);
        return blob?.Properties;
    }

    public async Task<bool> Delete(string name, CancellationToken token)
    {
        var path = PathOf(name);
        using var _ = await Lock(name, token);
        if (!File.Exists(path)) return false;
        File.Delete(path);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        _types.Forget(name);
        return true;
    }

    public async IAsyncEnumerable<BlobProperties> List(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        var names = Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_folder, path).Replace('\\', '/'))
            .Where(name => !name.StartsWith('~') && name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (await Find(name, token) is { } properties) yield return properties;
        }
    }

    private async Task<string?> Place(string name, string path, string written, string contentType, Precondition precondition, CancellationToken token)
    {
        using var _ = await Lock(name, token);
        var old = new FileInfo(path);
        var oldETag = old.Exists ? ETagOf(old.LastWriteTimeUtc, old.Length) : null;
        if (precondition.IfAbsent && oldETag is not null) return null;
        if (precondition.IfMatch is { } wanted && wanted != oldETag) return null;

        // Two versions never share a time, even when the clock stands or goes back.
        if (old.Exists && File.GetLastWriteTimeUtc(written) <= old.LastWriteTimeUtc) File.SetLastWriteTimeUtc(written, old.LastWriteTimeUtc.AddMilliseconds(1));
        var etag = ETagOf(File.GetLastWriteTimeUtc(written), new FileInfo(written).Length);
        await _types.Keep(name, etag, contentType, oldETag, token);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(written, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        return etag;
    }

    private string PathOf(string name)
    {
        BlobNames.Check(name);
        return Path.Combine(_folder, name);
    }

    private async Task<IDisposable> Lock(string name, CancellationToken token)
    {
        var stripe = _locks[(uint)string.GetHashCode(name, StringComparison.Ordinal) % Stripes];
        await stripe.WaitAsync(token);
        return new Held(stripe);
    }

    private static string ETagOf(DateTime time, long length) => string.Create(CultureInfo.InvariantCulture, $"{time.Ticks:x}-{length:x}");

    private sealed class Held(SemaphoreSlim stripe) : IDisposable
    {
        public void Dispose() => stripe.Release();
    }
}
