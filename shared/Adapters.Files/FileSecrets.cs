using Crm.Ports;

namespace Crm.Adapters.Files;

/// <summary>Secrets as files that only this user may read, and settings by <c>env:NAME</c>.</summary>
/// <param name="folder">Made with mode 0700 when the first secret is kept.</param>
/// <param name="setting">Reads a setting by name.</param>
public sealed class FileSecrets(string folder, Func<string, string?> setting) : ISecrets
{
    private const string FilePrefix = "file:";
    private const string SettingPrefix = "env:";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public async ValueTask<string?> Read(string reference, CancellationToken token)
    {
        if (reference.StartsWith(SettingPrefix, StringComparison.Ordinal)) return setting(reference[SettingPrefix.Length..]);
        if (!reference.StartsWith(FilePrefix, StringComparison.Ordinal) || !IsName(reference[FilePrefix.Length..])) return null;
        try
        {
            return await File.ReadAllTextAsync(Path.Combine(folder, reference[FilePrefix.Length..]), token);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public async ValueTask<string> Keep(string name, string value, CancellationToken token)
    {
        if (!IsName(name)) throw new ArgumentException("A secret's name is 1 to 100 characters of a-z 0-9 -.", nameof(name));
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var written = Path.Combine(folder, $"~{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        await using (var file = new FileStream(written, options))
        await using (var text = new StreamWriter(file))
        {
            await text.WriteAsync(value.AsMemory(), token);
            await text.FlushAsync(token);
            file.Flush(flushToDisk: true);
        }
        File.Move(written, Path.Combine(folder, name), overwrite: true);
        DirectorySync.Flush(folder);
        return FilePrefix + name;
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 100 && !name.AsSpan().ContainsAnyExcept(Plain);
}
