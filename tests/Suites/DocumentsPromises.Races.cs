using System.Text.Json.Nodes;
using Crm.Ports;

namespace Crm.Tests.Suites;

public abstract partial class DocumentsPromises
{
    [Fact]
    public async Task Of_many_who_put_if_absent_exactly_one_writes()
    {
        for (var round = 0; round < 10; round++)
        {
            var key = Identity($"email:{round}@example.org");
            var outcomes = await Together(64, i => Documents.Put(new DocumentWrite(key, Body(key, ("winner", i)), Precondition.Absent), Token));

            var winner = Assert.Single(Enumerable.Range(0, 64), i => outcomes[i] is WriteOutcome.Written);
            Assert.Equal(63, outcomes.Count(o => o is WriteOutcome.Exists));
            Assert.Equal($"{winner}", Text(await Current(key), "winner"));
        }
    }

    [Fact]
    public async Task Of_many_with_the_same_etag_exactly_one_writes()
    {
        var key = Customer("ann", "profile");
        for (var round = 0; round < 10; round++)
        {
            var etag = await Put(key);
            var outcomes = await Together(64, i => i % 4 == 0
                ? Documents.Delete(key, Precondition.Match(etag), Token)
                : Documents.Put(new DocumentWrite(key, Body(key, ("winner", i)), Precondition.Match(etag)), Token));

            Assert.Single(outcomes, o => o is WriteOutcome.Written);
            Assert.Equal(63, outcomes.Count(o => o is WriteOutcome.Changed or WriteOutcome.Missing));
        }
    }

    [Fact]
    public async Task No_change_is_lost_among_writers_who_read_and_match()
    {
        var key = Customer("ann", "count");
        await Put(key, ("n", 0));

        await Together(16, async i =>
        {
            for (var done = 0; done < 10;)
            {
                var read = await Current(key);
                var next = JsonNode.Parse(read.Json.Span)!["n"]!.GetValue<int>() + 1;
                if (await Documents.Put(new DocumentWrite(key, Body(key, ("n", next)), Precondition.Match(read.ETag)), Token) is WriteOutcome.Written) done++;
            }
            return 0;
        });

        Assert.Equal("160", Text(await Current(key), "n"));
    }

    [Fact]
    public async Task Racing_batches_win_or_lose_as_a_whole()
    {
        for (var round = 0; round < 10; round++)
        {
            var (a, b) = (Customer($"c{round}", "a"), Customer($"c{round}", "b"));
            var outcomes = await Together(32, i =>
            {
                DocumentWrite[] writes = [new(a, Body(a, ("winner", i)), Precondition.Absent), new(b, Body(b, ("winner", i)), Precondition.Absent)];
                // Half come from the other side, so that each order of refusal occurs.
                return Documents.Batch(i % 2 == 0 ? writes : [writes[1], writes[0]], Token);
            });

            var winner = Assert.Single(Enumerable.Range(0, 32), i => outcomes[i] is BatchOutcome.Written);
            Assert.Equal($"{winner}", Text(await Current(a), "winner"));
            Assert.Equal($"{winner}", Text(await Current(b), "winner"));
        }
    }

    private static async Task<T[]> Together<T>(int count, Func<int, ValueTask<T>> act)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, count).Select(i => Task.Run(async () =>
        {
            await start.Task;
            return await act(i);
        })).ToArray();
        start.SetResult();
        return await Task.WhenAll(all);
    }
}
