using Crm.Adapters.Sqlite;
using Crm.Ports;

namespace Crm.Tests.Adapters;

public sealed class SqliteSignalTests : SqliteSuite
{
    private static readonly string Customers = IWriteSignal.Documents(Containers.Customers);
    private static readonly string Analysis = IWriteSignal.Messages(Queues.Analysis);

    [Fact]
    public async Task A_commit_wakes_who_waits_for_its_topic_only()
    {
        var (customers, insights) = (Wait(Customers), Wait(IWriteSignal.Documents(Containers.Insights)));

        await Put(Customer("ann", "a"));
        await customers;
        Assert.False(insights.IsCompleted);

        await Put(new DocumentKey(Containers.Insights, "ann", "a"));
        await insights;
    }

    [Fact]
    public async Task A_commit_before_the_wait_is_not_missed()
    {
        var seen = Store.Documents.Current(Customers);
        await Put(Customer("ann", "a"));
        // The signal is raised right after the answer.
        await Store.Documents.After(Customers, seen, Token);

        Assert.True(Store.Documents.After(Customers, seen, Token).IsCompletedSuccessfully);
        Assert.False(Store.Documents.After(Customers, Store.Documents.Current(Customers), Token).IsCompleted);
    }

    [Fact]
    public async Task A_wait_for_a_later_commit_outlasts_the_earlier_ones()
    {
        var seen = Store.Documents.Current(Customers);
        var later = Wait(Customers, seen + 1).ContinueWith(_ => Store.Documents.Current(Customers), Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await Put(Customer("ann", "a"));
        await Wait(Customers, seen);

        await Put(Customer("ann", "b"));

        Assert.True(await later >= seen + 2);
    }

    [Fact]
    public async Task A_commit_in_the_very_moment_of_asking_is_not_missed()
    {
        var signal = new WriteSignal();
        var (rounds, asking) = (30_000, 0);
        var raising = Task.Run(() =>
        {
            for (var i = 1; i <= rounds; i++)
            {
                SpinWait.SpinUntil(() => Volatile.Read(ref asking) == i);
                signal.Raise();
            }
        }, Token);
        for (var i = 1; i <= rounds; i++)
        {
            var seen = signal.Current;
            Volatile.Write(ref asking, i);
            // Ends at once, unless the commit was missed.
            await signal.After(seen, Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        }
        await raising;
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var wait = Store.Documents.After(Customers, Store.Documents.Current(Customers), cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task A_refused_write_wakes_nobody()
    {
        await Put(Customer("ann", "a"));
        await Wait(Customers, since: 0);
        var seen = Store.Documents.Current(Customers);

        await Documents.Put(new DocumentWrite(Customer("ann", "a"), Body(Customer("ann", "a")), Precondition.Absent), Token);
        await Put(new DocumentKey(Containers.Insights, "ann", "a"));
        await Wait(IWriteSignal.Documents(Containers.Insights), since: 0);

        Assert.Equal(seen, Store.Documents.Current(Customers));
    }

    [Fact]
    public async Task What_makes_a_message_available_wakes_its_queue()
    {
        var messages = Store.Messages;
        var sent = Wait(Analysis);
        await messages.Send(Queues.Analysis, [new OutgoingMessage("a")], Token);
        await sent;

        var received = Assert.Single(await messages.Receive(Queues.Analysis, 1, TimeSpan.FromMinutes(1), 10, Token));
        var abandoned = Wait(Analysis);
        Assert.True(await messages.Abandon(received, Token));
        await abandoned;

        received = Assert.Single(await messages.Receive(Queues.Analysis, 1, TimeSpan.FromMinutes(1), 10, Token));
        var dead = Wait(IWriteSignal.Messages(Queues.DeadLettersOf(Queues.Analysis)));
        Assert.True(await messages.DeadLetter(received, "reason", "description", Token));
        await dead;
    }

    [Fact]
    public async Task A_pump_on_the_signal_sees_every_one_of_many_commits()
    {
        const int count = 2000;
        var pump = Task.Run(async () =>
        {
            var (seen, position, last) = (0, (string?)null, 0L);
            while (seen < count)
            {
                last = Store.Documents.Current(Customers);
                var page = await Documents.Feed(Containers.Customers, position, 100, Token);
                position = page.Continuation;
                seen += page.Changes.Count;
                // Without a missed signal this never waits for ever.
                if (page.Changes.Count == 0) await Store.Documents.After(Customers, last, Token);
            }
            return seen;
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < count / 8; i++) await Put(Customer("ann", $"w{w}-{i}"));
        })));

        Assert.Equal(count, await pump.WaitAsync(TimeSpan.FromSeconds(60), Token));
    }

    private Task Wait(string topic, long? since = null) => Store.Documents.After(topic, since ?? Store.Documents.Current(topic), Token);
}
