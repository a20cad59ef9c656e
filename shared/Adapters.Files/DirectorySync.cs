using System.Runtime.InteropServices;

namespace Crm.Adapters.Files;

/// <summary>
/// Makes renames and new folders durable: on Unix the folder that holds them is flushed. .NET opens no folder as a file, so the
/// three calls are made directly. Windows journals both and offers no such call.
/// </summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;

    private static readonly Lock Creating = new();

    /// <summary>Makes the folder and those above it, each durable in its parent.</summary>
    /// <exception cref="IOException">A folder cannot be made or flushed.</exception>
    public static void Create(string folder)
    {
        // Who finds it made by another must not go on before the other has flushed it.
        lock (Creating)
        {
            if (Directory.Exists(folder)) return;
            var parent = Path.GetDirectoryName(folder);
            if (parent is not null) Create(parent);
            Directory.CreateDirectory(folder);
            if (parent is not null) Flush(parent);
        }
    }

    /// <exception cref="IOException">The folder cannot be flushed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) throw Failed("opened", folder);
        try
        {
            if (FSync(descriptor) != 0) throw Failed("flushed", folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string what, string folder) =>
        new($"The folder {folder} cannot be {what}: {Marshal.GetLastPInvokeErrorMessage()}.");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
