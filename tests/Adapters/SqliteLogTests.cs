using Crm.Adapters.Sqlite;
using Crm.Ports;

namespace Crm.Tests.Adapters;

/// <summary>The write-ahead log stays within bounds without help from the writer's callers.</summary>
public sealed class SqliteLogTests : SqliteSuite
{
    // What may be added while a checkpoint runs.
    private const long Slack = 64L * 1024 * 1024;

    private FileInfo Log => new(Store.Path + "-wal");

    [Fact]
    public async Task Sustained_writes_beside_readers_keep_the_log_bounded()
    {
        var reading = true;
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            string? position = null;
            while (Volatile.Read(ref reading))
            {
                var page = await Documents.Feed(Containers.Inbox, position, 50, Token);
                position = page.Changes.Count == 0 ? null : page.Continuation;
            }
        })).ToArray();

        var largest = await Write(200L * 1024 * 1024);

        Volatile.Write(ref reading, false);
        await Task.WhenAll(readers);
        Assert.InRange(largest, 1, Checkpoints.LargestLog + Slack);
    }

    [Fact]
    public async Task A_reader_that_holds_its_snapshot_lets_the_log_grow_until_it_ends_and_no_further()
    {
        using (var slow = Foreign())
        {
            await Put(Receipt("seen"));
            Ask(slow, "BEGIN");
            Assert.Equal(1L, Ask(slow, "SELECT count(*) FROM inbox"));
            Assert.True(await Write(140L * 1024 * 1024) > Checkpoints.LargestLog + Slack);
            Assert.Equal(1L, Ask(slow, "SELECT count(*) FROM inbox"));
            Ask(slow, "ROLLBACK");
        }

        await Write(70L * 1024 * 1024);

        Assert.InRange(Log.Length, 1, Checkpoints.LargestLog + Slack);
    }

    /// <summary>Writes so many bytes and answers the largest size of the log meanwhile.</summary>
    private async Task<long> Write(long bytes)
    {
        const int size = 100_000;
        var largest = 0L;
        await Parallel.ForEachAsync(Enumerable.Range(0, (int)(bytes / size)), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token }, async (i, token) =>
        {
            var key = Receipt($"{Clock.GetTimestamp()}-{bytes}-{i}");
            await Documents.Put(new DocumentWrite(key, BodyOf(key, size)), token);
            if (i % 16 == 0) largest = Math.Max(largest, Log.Length);
        });
        return largest;
    }
}
