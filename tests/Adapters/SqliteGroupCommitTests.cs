using Crm.Adapters.Sqlite;
using Crm.Ports;
using Microsoft.Data.Sqlite;

namespace Crm.Tests.Adapters;

public sealed class SqliteGroupCommitTests : SqliteSuite
{
    private static readonly string Topic = IWriteSignal.Documents(Containers.Customers);

    [Fact]
    public async Task An_acknowledged_write_is_committed()
    {
        using var foreign = Foreign();
        for (var i = 0; i < 50; i++)
        {
            await Put(Customer("ann", $"n{i}"));
            Assert.Equal(i + 1L, Ask(foreign, "SELECT count(*) FROM customers"));
        }
    }

    [Fact]
    public async Task Writes_that_wait_share_a_commit()
    {
        var before = Store.Documents.Current(Topic);
        var puts = WhileTheDiskIsTaken(() => Enumerable.Range(0, 500).Select(i => Put(Customer("ann", $"n{i}"))).ToArray());
        await Task.WhenAll(puts);

        // The first group had begun when the disk was taken; all others came together after it.
        Assert.InRange(Store.Documents.Current(Topic) - before, 1, 2);
        using var foreign = Foreign();
        Assert.Equal(500L, Ask(foreign, "SELECT count(*) FROM customers"));
    }

    [Fact]
    public async Task A_batch_refused_in_a_group_undoes_its_own_changes_only()
    {
        var taken = Customer("ann", "taken");
        await Put(taken);
        var outcomes = new List<Task<BatchOutcome>>();
        var puts = WhileTheDiskIsTaken(() =>
        {
            var list = new List<Task>();
            for (var i = 0; i < 20; i++)
            {
                var (good, bad) = (Customer("ann", $"good{i}"), Customer("ann", $"bad{i}"));
                list.Add(Put(good));
                outcomes.Add(Documents.Batch([new DocumentWrite(bad, Body(bad)), new DocumentWrite(taken, Body(taken), Precondition.Absent)], Token).AsTask());
            }
            return list.ToArray();
        });
        await Task.WhenAll(puts);

        Assert.All(await Task.WhenAll(outcomes), o => Assert.Equal(1, Assert.IsType<BatchOutcome.Refused>(o).Index));
        using var foreign = Foreign();
        Assert.Equal(20L, Ask(foreign, "SELECT count(*) FROM customers WHERE id LIKE 'good%'"));
        Assert.Equal(0L, Ask(foreign, "SELECT count(*) FROM customers WHERE id LIKE 'bad%'"));
    }

    [Fact]
    public async Task A_write_that_fails_alone_fails_alone()
    {
        Task broken = Task.CompletedTask;
        var puts = WhileTheDiskIsTaken(() =>
        {
            Task[] before = [Put(Customer("ann", "a"))];
            broken = OnWriter("SELECT abs(-9223372036854775808)");
            return [.. before, Put(Customer("ann", "b"))];
        });
        await Task.WhenAll(puts);

        await Assert.ThrowsAsync<SqliteException>(() => broken);
        Assert.NotNull(await Documents.Get(Customer("ann", "a"), Token));
        Assert.NotNull(await Documents.Get(Customer("ann", "b"), Token));
    }

    [Fact]
    public async Task A_write_cancelled_while_it_waits_is_not_done()
    {
        using var cancel = new CancellationTokenSource();
        var key = Customer("ann", "cancelled");
        Task<WriteOutcome> write = null!;
        var puts = WhileTheDiskIsTaken(() =>
        {
            // The first is in the group that waits for the disk; the second waits behind it.
            var first = Put(Customer("ann", "first"));
            Assert.True(SpinWait.SpinUntil(() => Store.Waiting == 0, TimeSpan.FromSeconds(30)));
            write = Documents.Put(new DocumentWrite(key, Body(key)), cancel.Token).AsTask();
            cancel.Cancel();
            return [first];
        });
        await Task.WhenAll(puts);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        Assert.Null(await Documents.Get(key, Token));
    }

    [Fact]
    public async Task Beyond_twenty_thousand_waiting_writes_more_are_turned_away()
    {
        Task refused = Task.CompletedTask;
        var key = Customer("ann", "one");
        var write = new DocumentWrite(key, Body(key));
        var puts = WhileTheDiskIsTaken(() =>
        {
            var first = Put(key);
            Assert.True(SpinWait.SpinUntil(() => Store.Waiting == 0, TimeSpan.FromSeconds(30)));
            var all = Enumerable.Range(0, GroupCommit.Capacity).Select(_ => (Task)Documents.Put(write, Token).AsTask()).ToArray();
            refused = Documents.Put(write, Token).AsTask();
            return [first, .. all];
        });
        await Task.WhenAll(puts);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => refused);
        await Put(key);
    }

    [Fact]
    public async Task A_full_disk_refuses_every_waiting_write_and_the_next_works_when_there_is_room()
    {
        await Put(Customer("ann", "before"));
        using var foreign = Foreign();
        await OnWriter($"PRAGMA max_page_count = {Ask(foreign, "PRAGMA page_count")}");

        var puts = WhileTheDiskIsTaken(() => Enumerable.Range(0, 50).Select(i => Documents.Put(Large($"n{i}"), Token).AsTask()).ToArray());
        foreach (var put in puts) await Assert.ThrowsAsync<StoreUnavailableException>(() => put);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Documents.Put(Large("again"), Token));
        Assert.NotNull(await Documents.Get(Customer("ann", "before"), Token));

        await OnWriter("PRAGMA max_page_count = 1000000");
        Assert.IsType<WriteOutcome.Written>(await Documents.Put(Large("after"), Token));
        Assert.Equal(["after", "before"], (await Documents.Query(new DocumentQuery(Containers.Customers, "ann", []), Token)).Documents.Select(d => d.Key.Id));
        Assert.Equal(2, (await Documents.Feed(Containers.Customers, null, 100, Token)).Changes.Count);
    }

    [Fact]
    public async Task Numbers_reserved_by_a_transaction_that_failed_are_reserved_again()
    {
        var taken = Customer("ann", "taken");
        await Put(taken);
        using (var foreign = Foreign()) await OnWriter($"PRAGMA max_page_count = {Ask(foreign, "PRAGMA page_count")}");
        // Refused writes take numbers too: more than were reserved while there was room, then one that fails them all.
        var writes = WhileTheDiskIsTaken(() =>
        [
            .. Enumerable.Range(0, 5000).Select(_ => Documents.Put(new DocumentWrite(taken, Body(taken), Precondition.Absent), Token).AsTask()),
            Documents.Put(Large("too-much"), Token).AsTask(),
        ]);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => writes[^1]);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => writes[^2]);
        await OnWriter("PRAGMA max_page_count = 1000000");
        await Put(Customer("ann", "after"));
        var position = (await Documents.Feed(Containers.Customers, null, 10, Token)).Continuation;

        await using var crashed = Engine.Crashed();
        var key = Customer("ann", "later");
        await crashed.Documents.Put(new DocumentWrite(key, Body(key)), Token);

        Assert.Equal(key, Assert.Single((await crashed.Documents.Feed(Containers.Customers, position, 10, Token)).Changes).Key);
    }

    [Fact]
    public async Task A_broken_connection_is_replaced()
    {
        await Put(Customer("ann", "before"));
        // What a disk error leaves: a connection that refuses everything.
        await OnWriter("PRAGMA query_only = ON");
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await Put(Customer("ann", "refused")));

        await Put(Customer("ann", "after"));

        Assert.Null(await Documents.Get(Customer("ann", "refused"), Token));
        Assert.NotNull(await Documents.Get(Customer("ann", "after"), Token));
    }

    [Fact]
    public async Task Closing_finishes_what_waits()
    {
        var closing = Task.CompletedTask;
        var puts = WhileTheDiskIsTaken(() =>
        {
            var all = Enumerable.Range(0, 100).Select(i => Put(Customer("ann", $"n{i}"))).ToArray();
            closing = Task.Run(Engine.Reopen, Token);
            return all;
        });
        await Task.WhenAll(puts);
        await closing;

        Assert.Equal(100, (await Documents.Query(new DocumentQuery(Containers.Customers, "ann", [], Limit: 1000), Token)).Documents.Count);
    }

    [Fact]
    public async Task A_closed_store_is_unavailable()
    {
        var closed = Store.Documents;
        Engine.Reopen();

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await closed.Get(Customer("ann", "a"), Token));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await closed.Put(new DocumentWrite(Customer("ann", "a"), Body(Customer("ann", "a"))), Token));
    }

    /// <summary>Another program holds the write lock meanwhile, so that no group can commit.</summary>
    private Task[] WhileTheDiskIsTaken(Func<Task[]> act)
    {
        using var foreign = Foreign();
        Ask(foreign, "BEGIN IMMEDIATE");
        try
        {
            return act();
        }
        finally
        {
            Ask(foreign, "ROLLBACK");
        }
    }

    private static DocumentWrite Large(string id)
    {
        var key = Customer("ann", id);
        return new DocumentWrite(key, BodyOf(key, 50_000));
    }
}
