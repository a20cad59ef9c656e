namespace Crm.Adapters.Files;

/// <summary>Content types by name and ETag: the current version's, and its predecessor's while a write may still fail.</summary>
internal sealed class ContentTypes(BlobPaths paths)
{
    public async Task<string?> Find(string name, string etag, CancellationToken token) =>
        (await Lines(name, token)).FirstOrDefault(line => line.StartsWith(etag + " ", StringComparison.Ordinal)) is { } line ? TypeIn(line) : null;

    /// <summary>The type last kept under the name, whichever version it was of.</summary>
    public async Task<string?> Latest(string name, CancellationToken token) => (await Lines(name, token)).FirstOrDefault() is { } line ? TypeIn(line) : null;

    public async Task Keep(string name, string etag, string contentType, string? oldETag, CancellationToken token)
    {
        var old = oldETag is null ? null : await Find(name, oldETag, token);
        var path = paths.TypePathOf(name);
        var written = paths.NewTemporary();
        try
        {
            await using (var file = new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            await using (var text = new StreamWriter(file))
            {
                await text.WriteLineAsync($"{etag} {contentType.ReplaceLineEndings(" ")}");
                if (old is not null) await text.WriteLineAsync($"{oldETag} {old}");
                await text.FlushAsync(token);
                file.Flush(flushToDisk: true);
            }
            var folder = Path.GetDirectoryName(path)!;
            DirectorySync.Create(folder);
            File.Move(written, path, overwrite: true);
            DirectorySync.Flush(folder);
        }
        finally
        {
            File.Delete(written);
        }
    }

    public void Forget(string name)
    {
        var path = paths.TypePathOf(name);
        if (File.Exists(path)) File.Delete(path);
    }

    private static string TypeIn(string line) => line[(line.IndexOf(' ') + 1)..];

    private async Task<string[]> Lines(string name, CancellationToken token)
    {
        try
        {
            return await File.ReadAllLinesAsync(paths.TypePathOf(name), token);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }
}
