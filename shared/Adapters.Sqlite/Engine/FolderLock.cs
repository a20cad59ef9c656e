namespace Crm.Adapters.Sqlite;

/// <summary>Keeps a second store out of the folder for as long as this one lives, however it dies.</summary>
internal sealed class FolderLock : IDisposable
{
    // What the lock of another holder gives: EWOULDBLOCK on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <exception cref="StoreInUseException">Somebody else has the folder.</exception>
    /// <exception cref="CannotOpenStoreException">The folder cannot be made or written.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(folder, error);
        }
        var path = Path.Combine(folder, "crm.lock");
        try
        {
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (Held.Contains(error.HResult))
        {
            throw new StoreInUseException($"The folder '{folder}' is in use by another Crm.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(folder, error);
        }
    }

    public void Dispose() => file.Dispose();

    private static CannotOpenStoreException NotWritable(string folder, Exception error) =>
        new($"The folder '{folder}' cannot be written: {error.Message}", error);
}
