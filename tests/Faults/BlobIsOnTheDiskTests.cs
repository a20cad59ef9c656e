using System.Text.RegularExpressions;
using Crm.Tests.Support;

namespace Crm.Tests.Faults;

/// <summary>
/// Seen from the kernel: when a large message is acknowledged, its blob's bytes and time were flushed before the rename, and every
/// folder that was given a name was flushed after it.
/// </summary>
public sealed partial class BlobIsOnTheDiskTests
{
    [Fact]
    public async Task A_large_message_is_acknowledged_once_its_blob_would_survive_a_loss_of_power()
    {
        Needs.Program("strace");
        var folder = Directory.CreateTempSubdirectory("crm-blob-sync-");
        var blobs = Path.Combine(folder.FullName, "data", "blobs");
        var trace = Path.Combine(folder.FullName, "trace.txt");
        try
        {
            await using (var host = await HostProcess.Start(
                Path.Combine(folder.FullName, "data"), HostProcess.FreePort(),
                "strace", "-f", "-yy", "-s", "48", "-e", "trace=fsync,fdatasync,rename,renameat,renameat2,mkdir,mkdirat,utimensat,write,pwrite64,sendmsg,sendto", "-e", "signal=none", "-o", trace))
            {
                var created = await host.Admin.Make("/api/connections", new { name = "sync", provider = "standard-webhooks" });
                var sender = new StandardSender(host.Anonymous, created.Text("id"), created.Text("secret"), TimeProvider.System);
                for (var i = 0; i < 2; i++) await sender.Deliver(StandardSender.Message("ann@example.org", new string('x', 300_000), DateTimeOffset.UnixEpoch));
            }
            var (acknowledged, placed, faults) = Read(WholeCalls(await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken)), blobs);

            Assert.Empty(faults);
            Assert.Equal((2, 2), (acknowledged, placed));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int Acknowledged, int Placed, List<string> Faults) Read(IEnumerable<string> calls, string blobs)
    {
        var (acknowledged, placed) = (0, 0);
        var (faults, flushed, unflushedFolders) = (new List<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var call in calls)
        {
            if (call.Contains("HTTP/1.1 202", StringComparison.Ordinal))
            {
                acknowledged++;
                faults.AddRange(unflushedFolders.Select(f => $"not flushed before the answer: {f}"));
            }
            else if (Sync().Match(call) is { Success: true } sync)
            {
                flushed.Add(sync.Groups[1].Value);
                unflushedFolders.Remove(sync.Groups[1].Value);
            }
            else if (Change().Match(call) is { Success: true } change) flushed.Remove(change.Groups[1].Value);
            else if (Made().Match(call) is { Success: true } made && made.Groups[1].Value.StartsWith(blobs, StringComparison.Ordinal))
                unflushedFolders.Add(Path.GetDirectoryName(made.Groups[1].Value)!);
            else if (Renamed().Match(call) is { Success: true } renamed && renamed.Groups[2].Value.StartsWith(blobs, StringComparison.Ordinal))
            {
                var (from, to) = (renamed.Groups[1].Value, renamed.Groups[2].Value);
                if (!flushed.Contains(from)) faults.Add($"not flushed before its rename: {from} to {to}");
                if (to.StartsWith(Path.Combine(blobs, "receipts"), StringComparison.Ordinal)) placed++;
                unflushedFolders.Add(Path.GetDirectoryName(to)!);
            }
        }
        return (acknowledged, placed, faults);
    }

    /// <summary>A call that others interrupt stands in two lines; it is done with the second.</summary>
    private static IEnumerable<string> WholeCalls(IEnumerable<string> lines)
    {
        var begun = new Dictionary<string, string>();
        foreach (var line in lines)
        {
            var thread = line.Split(' ', 2)[0];
            if (line.IndexOf("<unfinished", StringComparison.Ordinal) is > 0 and var cut)
            {
                // An answer counts from the moment it is begun.
                if (line.Contains("HTTP/1.1 ", StringComparison.Ordinal)) yield return line;
                else begun[thread] = line[..cut].TrimEnd();
            }
            else if (Resumed().Match(line) is { Success: true } resumed && begun.Remove(thread, out var start)) yield return start + resumed.Groups[1].Value;
            else yield return line;
        }
    }

    [GeneratedRegex(@"\b(?:fsync|fdatasync)\(\d+<([^>]*)>\)\s*= 0")]
    private static partial Regex Sync();

    [GeneratedRegex(@"\b(?:write|pwrite64|utimensat)\(\d+<(/[^>]*)>,")]
    private static partial Regex Change();

    [GeneratedRegex(@"\bmkdir(?:at)?\((?:AT_FDCWD[^,]*, )?""([^""]*)"".*= 0")]
    private static partial Regex Made();

    [GeneratedRegex(@"\brename(?:at2?)?\((?:AT_FDCWD[^,]*, )?""([^""]*)"", (?:AT_FDCWD[^,]*, )?""([^""]*)"".*= 0")]
    private static partial Regex Renamed();

    [GeneratedRegex(@"<\.\.\. \w+ resumed>(.*)$")]
    private static partial Regex Resumed();
}
