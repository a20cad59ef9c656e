namespace Crm.Adapters.Blobs;

/// <summary>
/// A stream whose length is known, so that it goes up as one request. In blocks, two writers of one name would take each
/// other's blocks; and of a stream of unknown length the library would hold the whole in memory.
/// </summary>
internal static class WholeStream
{
    /// <returns>The stream itself, or a copy on the disk that is gone when disposed.</returns>
    public static async Task<Stream> Of(Stream content, CancellationToken token)
    {
        if (content.CanSeek) return content;
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var copy = new FileStream(Path.Combine(Path.GetTempPath(), $"crm-blob-{Guid.NewGuid():N}"), options);
        try
        {
            await content.CopyToAsync(copy, token);
            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }
}
