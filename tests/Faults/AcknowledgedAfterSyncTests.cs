using System.Text.RegularExpressions;
using Crm.Tests.Support;

namespace Crm.Tests.Faults;

/// <summary>
/// Seen from the kernel: between the request and its 202 stands a completed fsync or fdatasync of the write-ahead log. A killed
/// process cannot show this: the page cache survives it.
/// </summary>
public sealed partial class AcknowledgedAfterSyncTests
{
    private const int Requests = 25;

    [Fact]
    public async Task Every_acknowledgement_leaves_after_the_sync_that_covers_it()
    {
        Needs.Program("strace");
        var folder = Directory.CreateTempSubdirectory("crm-sync-");
        var trace = Path.Combine(folder.FullName, "trace.txt");
        try
        {
            await using (var host = await HostProcess.Start(
                Path.Combine(folder.FullName, "data"), HostProcess.FreePort(),
                "strace", "-f", "-yy", "-s", "48", "-e", "trace=fsync,fdatasync,recvmsg,recvfrom,read,sendmsg,sendto,write", "-e", "signal=none", "-o", trace))
            {
                var created = await host.Admin.Make("/api/connections", new { name = "sync", provider = "standard-webhooks" });
                var sender = new StandardSender(host.Anonymous, created.Text("id"), created.Text("secret"), TimeProvider.System);
                for (var i = 0; i < Requests; i++) await sender.Deliver(StandardSender.Message("ann@example.org", $"Message {i}", DateTimeOffset.UnixEpoch));
            }
            var (acknowledged, uncovered) = Read(await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken));
            Assert.Equal(Requests, acknowledged);
            Assert.Equal(0, uncovered);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Requests come one at a time: each must be followed by a finished sync of the log before its answer.</summary>
    private static (int Acknowledged, int Uncovered) Read(IEnumerable<string> lines)
    {
        var (acknowledged, uncovered) = (0, 0);
        var waiting = false;
        var synced = false;
        var started = new HashSet<string>();
        foreach (var line in lines)
        {
            var thread = line.Split(' ', 2)[0];
            if (line.Contains("POST /api/hooks/", StringComparison.Ordinal)) (waiting, synced) = (true, false);
            else if (SyncBegun().IsMatch(line)) started.Add(thread);
            else if (SyncResumed().IsMatch(line) && started.Remove(thread)) synced = true;
            else if (SyncDone().IsMatch(line)) synced = true;
            else if (waiting && line.Contains("HTTP/1.1 202", StringComparison.Ordinal))
            {
                acknowledged++;
                if (!synced) uncovered++;
                waiting = false;
            }
        }
        return (acknowledged, uncovered);
    }

    [GeneratedRegex(@"\b(fsync|fdatasync)\(\d+<[^>]*crm\.db-wal>.*<unfinished")]
    private static partial Regex SyncBegun();

    [GeneratedRegex(@"<\.\.\. (fsync|fdatasync) resumed>.*= 0")]
    private static partial Regex SyncResumed();

    [GeneratedRegex(@"\b(fsync|fdatasync)\(\d+<[^>]*crm\.db-wal>\)\s*= 0")]
    private static partial Regex SyncDone();
}
