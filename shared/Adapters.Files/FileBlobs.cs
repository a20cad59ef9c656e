using System.Runtime.CompilerServices;
using Crm.Ports;

namespace Crm.Adapters.Files;

/// <summary>
/// Blobs as plain files that a person can open. A write goes to a temporary file, is flushed, and takes its place by a rename.
/// The ETag is the file's time and length; the content type stands beside it under that ETag, written first, so that a crash in
/// between leaves the old blob whole. The folder must be on a file system that tells upper from lower case.
/// </summary>
public sealed class FileBlobs : IBlobs
{
    private const string UnknownType = "application/octet-stream";

    private readonly BlobPaths _paths;
    private readonly ContentTypes _types;
    private readonly WriteTimes _times;
    private readonly NameLocks _locks = new();

    /// <param name="folder">Made if it is not there; must belong to this store alone.</param>
    public FileBlobs(string folder, TimeProvider? clock = null)
    {
        _paths = new BlobPaths(Path.GetFullPath(folder));
        _types = new ContentTypes(_paths);
        _times = new WriteTimes(clock ?? TimeProvider.System);
        // What a crash left half written was never acknowledged.
        if (Directory.Exists(_paths.Temporary)) Directory.Delete(_paths.Temporary, recursive: true);
        DirectorySync.Create(_paths.Temporary);
    }

    public async Task<string?> Put(string name, Stream content, string contentType, Precondition precondition, CancellationToken token)
    {
        var path = _paths.PathOf(name);
        var written = _paths.NewTemporary();
        try
        {
            await using var file = new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
            await content.CopyToAsync(file, token);
            await file.FlushAsync(token);
            // The time is half of the ETag, so it is on the disk with the bytes.
            var version = new FileVersion(_times.Next(), file.Length);
            File.SetLastWriteTimeUtc(file.SafeFileHandle, version.Written);
            file.Flush(flushToDisk: true);
            return await Place(name, path, file, version, contentType, precondition, token);
        }
        finally
        {
            File.Delete(written);
        }
    }

    public async Task<BlobContent?> Open(string name, CancellationToken token)
    {
        var path = _paths.PathOf(name);
        while (true)
        {
            FileStream file;
            try
            {
                file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || (e is UnauthorizedAccessException && Directory.Exists(path)))
            {
                return null;
            }
            // The open file is one version, whatever takes its name meanwhile.
            var version = FileVersion.Of(file);
            var type = await _types.Find(name, version.ETag, token);
            // A version that still has the name and no type was not written here: copied back from a backup, say, with a new time.
            if (type is null && FileVersion.At(path) == version) type = await _types.Latest(name, token) ?? UnknownType;
            if (type is not null) return new BlobContent(new BlobProperties(name, version.ETag, type, version.Length, new DateTimeOffset(version.Written)), file);
            await file.DisposeAsync();
        }
    }

    public async Task<BlobProperties?> Find(string name, CancellationToken token)
    {
        await using var blob = await Open(name, token);
        return blob?.Properties;
    }

    public async Task<bool> Delete(string name, CancellationToken token)
    {
        var path = _paths.PathOf(name);
        using var held = await _locks.Take(name, token);
        if (!File.Exists(path)) return false;
        File.Delete(path);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
        _types.Forget(name);
        return true;
    }

    public async IAsyncEnumerable<BlobProperties> List(string prefix, [EnumeratorCancellation] CancellationToken token)
    {
        foreach (var name in _paths.Names(prefix).Order(StringComparer.Ordinal))
        {
            if (await Find(name, token) is { } properties) yield return properties;
        }
    }

    private async Task<string?> Place(
        string name, string path, FileStream written, FileVersion version, string contentType, Precondition precondition, CancellationToken token)
    {
        using var held = await _locks.Take(name, token);
        var old = FileVersion.At(path);
        if (precondition.IfAbsent && old is not null) return null;
        if (precondition.IfMatch is { } wanted && wanted != old?.ETag) return null;

        if (old is not null && version.Written <= old.Written)
        {
            // The clock went back since.
            version = version with { Written = old.Written.AddTicks(1) };
            File.SetLastWriteTimeUtc(written.SafeFileHandle, version.Written);
            written.Flush(flushToDisk: true);
        }
        await _types.Keep(name, version.ETag, contentType, old?.ETag, token);
        var folder = Path.GetDirectoryName(path)!;
        DirectorySync.Create(folder);
        File.Move(written.Name, path, overwrite: true);
        DirectorySync.Flush(folder);
        return version.ETag;
    }
}
