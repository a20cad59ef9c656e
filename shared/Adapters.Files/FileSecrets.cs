using System.Buffers;
using Crm.Ports;

namespace Crm.Adapters.Files;

/// <summary>
/// Secrets as files that only this user may read (<c>file:</c> and the name), and settings by <c>env:NAME</c>. The folder must
/// belong to this store alone.
/// </summary>
public sealed class FileSecrets : ISecrets
{
    private const string FilePrefix = "file:";
    private const string SettingPrefix = "env:";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnerOnly | UnixFileMode.UserExecute;

    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string _folder;
    private readonly Func<string, string?> _setting;

    /// <param name="folder">Made with mode 0700 when the first secret is kept.</param>
    /// <param name="setting">Reads a setting by name.</param>
    public FileSecrets(string folder, Func<string, string?> setting)
    {
        (_folder, _setting) = (Path.GetFullPath(folder), setting);
        if (!Directory.Exists(_folder)) return;
        // What a crash left half written was never acknowledged, and is part of a secret.
        foreach (var left in Directory.EnumerateFiles(_folder, "~*")) File.Delete(left);
    }

    public async ValueTask<string?> Read(string reference, CancellationToken token)
    {
        if (reference.StartsWith(SettingPrefix, StringComparison.Ordinal)) return _setting(reference[SettingPrefix.Length..]);
        if (!reference.StartsWith(FilePrefix, StringComparison.Ordinal) || !IsName(reference[FilePrefix.Length..])) return null;
        try
        {
            return await File.ReadAllTextAsync(Path.Combine(_folder, reference[FilePrefix.Length..]), token);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public async ValueTask<string> Keep(string name, string value, CancellationToken token)
    {
        if (!IsName(name)) throw new ArgumentException("A secret's name is 1 to 100 characters of a-z 0-9 -.", nameof(name));
        MakeFolder();
        var written = Path.Combine(_folder, $"~{Guid.NewGuid():N}");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
            await using (var file = new FileStream(written, options))
            await using (var text = new StreamWriter(file))
            {
                await text.WriteAsync(value.AsMemory(), token);
                await text.FlushAsync(token);
                file.Flush(flushToDisk: true);
            }
            File.Move(written, Path.Combine(_folder, name), overwrite: true);
            DirectorySync.Flush(_folder);
        }
        finally
        {
            File.Delete(written);
        }
        return FilePrefix + name;
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 100 && !name.AsSpan().ContainsAnyExcept(Plain);

    /// <summary>One that was there with a wider mode is narrowed.</summary>
    private void MakeFolder()
    {
        DirectorySync.Create(_folder);
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(_folder) != OwnersFolder) File.SetUnixFileMode(_folder, OwnersFolder);
    }
}
