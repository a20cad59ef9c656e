namespace Crm.Bench;

/// <summary>Where servers keep their stores: a folder of one run, on a real disk, removed afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    private DataFolder(DirectoryInfo root) => Root = root;

    public DirectoryInfo Root { get; }

    /// <summary>Makes a fresh folder below the working folder's <c>artifacts</c>.</summary>
    /// <exception cref="InvalidOperationException">That is in memory, where a flush costs nothing.</exception>
    public static DataFolder Create()
    {
        var root = Directory.CreateDirectory(
            Path.Combine(Environment.CurrentDirectory, "artifacts", "bench-data", Guid.CreateVersion7().ToString("N")));
        var drive = new DriveInfo(root.FullName);
        if (drive.DriveFormat is not ("tmpfs" or "ramfs")) return new DataFolder(root);

        root.Delete(recursive: true);
        throw new InvalidOperationException($"{drive.Name} is a {drive.DriveFormat}: measure from a folder on a disk.");
    }

    public void Dispose() => Root.Delete(recursive: true);
}
