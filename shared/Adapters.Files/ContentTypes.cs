namespace Crm.Adapters.Files;

/// <summary>Content types by name and ETag: the current version's, and its predecessor's while a write may still fail.</summary>
internal sealed class ContentTypes(string folder)
{
    public async Task<string?> Find(string name, string etag, CancellationToken token)
    {
        try
        {
            foreach (var line in await File.ReadAllLinesAsync(PathOf(name), token))
            {
                if (line.StartsWith(etag + " ", StringComparison.Ordinal)) return line[(etag.Length + 1)..];
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        return null;
    }

    public async Task Keep(string name, string etag, string contentType, string? oldETag, CancellationToken token)
    {
        var old = oldETag is null ? null : await Find(name, oldETag, token);
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var written = $"{path}~{Guid.NewGuid():N}";
        await using (var file = new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        await using (var text = new StreamWriter(file))
        {
            await text.WriteLineAsync($"{etag} {contentType.ReplaceLineEndings(" ")}");
            if (old is not null) await text.WriteLineAsync($"{oldETag} {old}");
            await text.FlushAsync(token);
            file.Flush(flushToDisk: true);
        }
        File.Move(written, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    public void Forget(string name) => File.Delete(PathOf(name));

    private string PathOf(string name) => Path.Combine(folder, name);
}
