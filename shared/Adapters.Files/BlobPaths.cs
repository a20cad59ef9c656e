using System.IO.Enumeration;
using Crm.Ports;

namespace Crm.Adapters.Files;

/// <summary>
/// Names as paths below a folder. A segment longer than a file's name may be goes on in folders that end in a tilde; no
/// name holds one, so none of the folders here can be a blob's.
/// </summary>
internal sealed class BlobPaths(string folder)
{
    private const int LongestSegment = 200;

    public string Temporary { get; } = Path.Combine(folder, "~temporary");

    public string Types { get; } = Path.Combine(folder, "~types");

    /// <exception cref="ArgumentException">The text is not a blob's name.</exception>
    public string PathOf(string name) => Path.Combine(folder, Relative(name));

    public string TypePathOf(string name) => Path.Combine(Types, Relative(name));

    /// <summary>A new file of its own, on the same volume.</summary>
    public string NewTemporary() => Path.Combine(Temporary, Guid.NewGuid().ToString("N"));

    /// <summary>All names that begin with the prefix, in no order.</summary>
    public IEnumerable<string> Names(string prefix)
    {
        var head = prefix[..(prefix.LastIndexOf('/') + 1)].TrimEnd('/');
        if (head.Length > 0 && !BlobNames.IsName(head)) return [];
        var start = head.Length == 0 ? folder : PathOf(head);
        if (!Directory.Exists(start)) return [];
        return new FileSystemEnumerable<string>(
            start,
            (ref entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref entry) => !entry.FileName.StartsWith('~'),
        }
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/').Replace("~/", "", StringComparison.Ordinal))
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static string Relative(string name)
    {
        BlobNames.Check(name);
        return string.Join('/', name.Split('/').Select(segment => string.Join("~/", segment.Chunk(LongestSegment).Select(part => new string(part)))));
    }
}
