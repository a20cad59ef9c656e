using System.Globalization;
using Crm.Ports;

namespace Crm.Tests.EmbeddedHost;

public sealed class QueueFunctions
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_the_function_with_its_metadata_and_is_completed()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(OnWork)]);
        await store.Send("a");
        await host.WhenIdle();
        Assert.Equal($"a id-a 1 {store.Clock.GetUtcNow().UtcDateTime:O}", host.Journal.Words[0]);
        Assert.Equal(0, (await store.Depth()).Total);
    }

    [Fact]
    public async Task A_failed_message_is_delivered_again_at_once_and_dead_lettered_after_ten_deliveries()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(OnWork), typeof(OnDeadWork)], journal: j => j.OnRun = body =>
        {
            if (body == "bad") throw new InvalidOperationException();
        });
        await store.Send("bad", "good");
        await host.WhenIdle();
        Assert.Equal(
            Enumerable.Range(1, 10).Select(i => i.ToString(CultureInfo.InvariantCulture)),
            host.Journal.Words.Where(w => w.StartsWith("bad id-bad", StringComparison.Ordinal)).Select(w => w.Split(' ')[2]));
        Assert.Single(host.Journal.Words, "did good");
        Assert.Single(host.Journal.Words, "dead bad MaxDeliveryCountExceeded");
        Assert.Equal((0, 0), ((await store.Depth()).Total, (await store.Depth("work/$DeadLetterQueue")).Total));
    }

    [Fact]
    public async Task A_dead_message_whose_function_fails_comes_back_when_its_lock_ends_and_never_disappears()
    {
        await using TestStore store = new();
        bool works = false;
        await using TestHost host = await store.Host([typeof(OnWork), typeof(OnDeadWork)], journal: j => j.OnRun = _ =>
        {
            if (!works) throw new InvalidOperationException();
        });
        await store.Send("a");
        for (int delivery = 1; delivery <= 12; delivery++)
        {
            await host.WhenIdle(); // Locked is not due.
            Assert.Equal(delivery, host.Journal.Words.Count(w => w == "dead a MaxDeliveryCountExceeded"));
            Assert.Equal(1, (await store.Depth("work/$DeadLetterQueue")).Locked);
            store.Clock.Advance(TimeSpan.FromSeconds(31));
        }

        works = true;
        await host.WhenIdle();
        store.Clock.Advance(TimeSpan.FromSeconds(31));
        await host.WhenIdle();
        Assert.Equal(0, (await store.Depth("work/$DeadLetterQueue")).Total);
    }

    [Fact]
    public async Task Only_so_many_messages_are_in_work_at_once_and_only_so_many_are_locked_ahead()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(OnWork)], options: o => (o.MaxConcurrentCalls, o.Prefetch) = (3, 2));
        await store.Send([.. Enumerable.Range(1, 9).Select(i => $"wait{i}")]);
        for (int i = 1; i <= 3; i++) await host.Journal.Until($"began wait{i}");
        Assert.Equal(3, Assert.Single(await host.Runtime.Status(Token)).Running);
        QueueDepth depth = await store.Depth();
        Assert.Equal((4, 5), (depth.Active, depth.Locked));
        host.Journal.Open("wait2");
        await host.Journal.Until("began wait4");
        Assert.Equal(3, Assert.Single(await host.Runtime.Status(Token)).Running);
        for (int i = 1; i <= 9; i++) host.Journal.Open($"wait{i}");
        await host.WhenIdle();
        Assert.Equal(9, host.Journal.Words.Count(w => w.StartsWith("did", StringComparison.Ordinal)));
        Assert.Equal(9, host.Journal.Words.Count(w => w.StartsWith("began", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_message_in_work_for_long_keeps_its_lock()
    {
        await using TestStore store = new();
        Journal settled = new();
        FaultyReceiver receiver = new(store.Messages, settled);
        await using TestHost host = await store.Host([typeof(OnWork)], receiver: receiver);
        await store.Send("wait");
        await host.Journal.Until("began wait");
        for (int tick = 1; tick <= 16; tick++)
        {
            await store.Clock.Armed(TimeSpan.FromSeconds(7.5), tick);
            store.Clock.Advance(TimeSpan.FromSeconds(7.5));
            if (tick % 2 == 0) await settled.Until("renew wait held", tick / 2);
        }

        host.Journal.Open("wait");
        await host.WhenIdle();
        Assert.Single(host.Journal.Words, "began wait");
        Assert.Equal("complete wait held", settled.Words[^1]);
        Assert.Equal(0, (await store.Depth()).Total);
    }

    [Fact]
    public async Task A_message_whose_lock_was_lost_while_it_waited_is_not_run_here()
    {
        await using TestStore store = new();
        Journal settled = new();
        FaultyReceiver receiver = new(store.Messages, settled) { LosesLock = m => m.Body == "b" };
        await using TestHost host = await store.Host([typeof(OnWork)], receiver: receiver, options: o => (o.MaxConcurrentCalls, o.Prefetch) = (1, 1));
        await store.Send("wait", "b");
        await host.Journal.Until("began wait");
        for (int tick = 1; tick <= 2; tick++)
        {
            await store.Clock.Armed(TimeSpan.FromSeconds(7.5), tick);
            store.Clock.Advance(TimeSpan.FromSeconds(7.5));
        }

        await settled.Until("renew b lost");
        await settled.Until("renew wait held");
        host.Journal.Open("wait");
        await settled.Until("complete wait held");
        await host.WhenIdle();
        Assert.DoesNotContain("began b", host.Journal.Words);
        Assert.Equal(1, (await store.Depth()).Locked);
    }

    [Fact]
    public async Task A_scheduled_message_is_delivered_when_it_falls_due()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(OnWork)]);
        await store.Messages.Send("work", [new("later", DueAt: store.Clock.GetUtcNow().AddMinutes(5))], Token);
        await host.WhenIdle();
        Assert.Empty(host.Journal.Words);
        store.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.WhenIdle();
        Assert.Contains("did later", host.Journal.Words);
    }

    [Fact]
    public async Task A_quiet_queue_is_polled_by_the_clock()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(OnWork)], signal: false);
        await store.Clock.Armed(TimeSpan.FromSeconds(1));
        await store.Send("a");
        Assert.Empty(host.Journal.Words);
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.Journal.Until("did a");
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_for_a_while_stops_nothing()
    {
        await using TestStore store = new();
        int refusals = 2;
        FaultyReceiver receiver = new(store.Messages, new())
        {
            BeforeReceive = () =>
            {
                if (refusals-- > 0) throw new StoreUnavailableException();
            },
        };
        await using TestHost host = await store.Host([typeof(OnWork)], receiver: receiver);
        await store.Clock.Armed(TimeSpan.FromSeconds(1));
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        await store.Clock.Armed(TimeSpan.FromSeconds(2));
        store.Clock.Advance(TimeSpan.FromSeconds(2));
        await store.Send("a");
        await host.Journal.Until("did a");
    }

    [Fact]
    public async Task A_thousand_messages_are_each_done_once()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(OnWork)]);
        for (int i = 0; i < 10; i++) await store.Send([.. Enumerable.Range(i * 100, 100).Select(n => $"m{n}")]);
        await host.WhenIdle();
        Assert.Equal(1000, host.Journal.Words.Count(w => w.StartsWith("did", StringComparison.Ordinal)));
        Assert.Equal(0, (await store.Depth()).Total);
    }
}

