using System.Globalization;

namespace Crm.Adapters.Files;

/// <summary>One version of a blob's file.</summary>
internal sealed record FileVersion(DateTime Written, long Length)
{
    public string ETag => string.Create(CultureInfo.InvariantCulture, $"{Written.Ticks:x}-{Length:x}");

    public static FileVersion Of(FileStream file) => new(File.GetLastWriteTimeUtc(file.SafeFileHandle), file.Length);

    /// <summary>Null when there is no file.</summary>
    public static FileVersion? At(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileVersion(file.LastWriteTimeUtc, file.Length) : null;
    }
}
