namespace Crm.Adapters.Sqlite;

/// <summary>Keeps a second store out of the folder for as long as this one lives, however it dies.</summary>
internal sealed class FolderLock : IDisposable
{
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
        catch (IOException error) when (File.Exists(path))
        {
            throw new StoreInUseException($"The folder '{folder}' is in use by another process.", error);
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
