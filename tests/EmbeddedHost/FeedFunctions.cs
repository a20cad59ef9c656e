using System.Collections.Concurrent;
using System.Text.Json;
using Crm.EmbeddedHost;
using Crm.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.EmbeddedHost;

public sealed class FeedFunctions
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_and_a_delete_reach_the_function()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(WhenThingsChange)]);
        await store.Put("a");
        await host.WhenIdle();
        await store.Delete("a");
        await host.WhenIdle();
        Assert.Equal(["saw a", "gone a"], host.Journal.Words.Where(w => w.EndsWith(" a", StringComparison.Ordinal) && !w.StartsWith("batch", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_batch_is_as_large_as_the_trigger_allows()
    {
        await using TestStore store = new();
        string[] ids = [.. Enumerable.Range(10, 25).Select(i => $"d{i}")];
        foreach (string id in ids) await store.Put(id);
        await using TestHost host = await store.Host([typeof(WhenThingsChange)]);
        await host.WhenIdle();
        string[][] batches = [.. host.Journal.Words.Where(w => w.StartsWith("batch ", StringComparison.Ordinal)).Select(w => w[6..].Split(' '))];
        Assert.Equal([10, 10, 5], batches.Select(b => b.Length));
        Assert.Equal(ids, batches.SelectMany(b => b).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_handled_is_not_handled_again_after_a_restart()
    {
        await using TestStore store = new();
        await using (TestHost first = await store.Host([typeof(WhenThingsChange)]))
        {
            await store.Put("a");
            await first.WhenIdle();
            await first.Stop();
        }

        await store.Put("b");
        await using TestHost second = await store.Host([typeof(WhenThingsChange)]);
        await second.WhenIdle();
        Assert.Equal(["batch b", "saw b"], second.Journal.Words);
    }

    [Fact]
    public async Task Without_start_from_beginning_only_what_comes_later_is_seen_downtime_included()
    {
        await using TestStore store = new();
        await store.Put("old");
        await using (TestHost first = await store.Host([typeof(WhenThingsChangeFromNow)]))
        {
            await first.WhenIdle();
            Assert.Empty(first.Journal.Words);
            await first.Stop();
        }

        await store.Put("meanwhile");
        await using TestHost second = await store.Host([typeof(WhenThingsChangeFromNow)]);
        await store.Put("later");
        await second.WhenIdle();
        Assert.Equal(["now later", "now meanwhile"], second.Journal.Words.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_poison_document_is_parked_and_its_neighbours_are_not_lost()
    {
        await using TestStore store = new();
        foreach (string id in (string[])["a", "poison", "z"]) await store.Put(id);
        ParkedDocuments parked = new();
        List<DateTimeOffset> tries = [];
        await using TestHost host = await store.Host(
            [typeof(WhenThingsChange)], services: s => s.AddSingleton<IParkedDocuments>(parked), journal: j => j.OnRun = ids =>
            {
                if (!ids.Contains("poison", StringComparison.Ordinal)) return;
                tries.Add(store.Clock.GetUtcNow());
                throw new InvalidOperationException("bad document");
            });

        // Two rounds, the batch's and the poison's own, each of three tries with a second and two in between.
        for (int round = 1; round <= 2; round++)
        {
            await store.Clock.Armed(TimeSpan.FromSeconds(1), round);
            store.Clock.Advance(TimeSpan.FromSeconds(1));
            await store.Clock.Armed(TimeSpan.FromSeconds(2), round);
            store.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        await host.WhenIdle();
        await store.Put("next");
        await host.WhenIdle();

        Assert.Equal(["saw a", "saw next", "saw z"], host.Journal.Words.Where(w => w.StartsWith("saw", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal([0, 1, 3, 3, 4, 6], tries.Select(t => (int)(t - tries[0]).TotalSeconds));
        Assert.Equal(("WhenThingsChange", "inbox", "poison", nameof(InvalidOperationException)), Assert.Single(parked.All));
        FunctionStatus status = Assert.Single(await host.Runtime.Status(Token));
        Assert.Equal((1, nameof(InvalidOperationException), 0, 0), (status.Parked, status.LastError, status.Running, status.Pending));
    }

    [Fact]
    public async Task Parking_is_tried_until_it_succeeds_and_the_feed_waits_for_it()
    {
        await using TestStore store = new();
        await store.Put("poison");
        ParkedDocuments parked = new() { Failures = 1 };
        await using TestHost host = await store.Host(
            [typeof(WhenThingsChange)], services: s => s.AddSingleton<IParkedDocuments>(parked),
            journal: j => j.OnRun = _ => throw new InvalidOperationException());
        await store.Clock.Armed(TimeSpan.FromSeconds(1));
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        await store.Clock.Armed(TimeSpan.FromSeconds(2));
        store.Clock.Advance(TimeSpan.FromSeconds(2));
        await store.Clock.Armed(TimeSpan.FromSeconds(1), 2);
        Assert.Empty(parked.All);
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.WhenIdle();
        Assert.Single(parked.All);
    }

    [Fact]
    public async Task Without_a_retry_attribute_a_failed_batch_is_skipped()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(WhenThingsChangeFromNow)]);
        await host.WhenIdle();
        host.Journal.OnRun = id =>
        {
            if (id == "bad") throw new InvalidOperationException();
        };
        await store.Put("bad");
        await host.WhenIdle();
        await store.Put("good");
        await host.WhenIdle();
        Assert.Equal(["now good"], host.Journal.Words);
    }

    [Fact]
    public async Task A_retry_without_end_goes_on_until_it_succeeds()
    {
        await using TestStore store = new();
        await store.Put("a");
        ParkedDocuments parked = new();
        int failures = 0;
        await using TestHost host = await store.Host(
            [typeof(WhenThingsChangeForever)], services: s => s.AddSingleton<IParkedDocuments>(parked), journal: j => j.OnRun = _ =>
            {
                if (++failures <= 20) throw new InvalidOperationException();
            });
        for (int i = 1; i <= 20; i++)
        {
            await store.Clock.Armed(TimeSpan.FromSeconds(7), i);
            store.Clock.Advance(TimeSpan.FromSeconds(7));
        }

        await host.WhenIdle();
        Assert.Equal(["forever a"], host.Journal.Words);
        Assert.Empty(parked.All);
    }

    [Fact]
    public async Task A_crash_before_the_position_is_kept_runs_the_batch_again()
    {
        await using TestStore store = new();
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FaultyDocuments documents = new(store.Documents)
        {
            BeforePut = async (write, token) =>
            {
                if (write.Key.Id != "feed.toys.inbox" || write.Precondition.IfAbsent) return;
                reached.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
            },
        };
        await using (TestHost first = await store.Host([typeof(WhenThingsChange)], documents: documents))
        {
            await store.Put("a");
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
            Assert.Contains("saw a", first.Journal.Words);
            Task stop = first.Stop();
            await store.Clock.Armed(TimeSpan.FromSeconds(30));
            store.Clock.Advance(TimeSpan.FromSeconds(30));
            await stop;
        }

        await using TestHost second = await store.Host([typeof(WhenThingsChange)]);
        await second.WhenIdle();
        Assert.Equal(["batch a", "saw a"], second.Journal.Words);
    }

    [Fact]
    public async Task A_position_that_could_not_be_kept_is_kept_later_without_running_the_batch_again()
    {
        await using TestStore store = new();
        int refusals = 2;
        FaultyDocuments documents = new(store.Documents)
        {
            BeforePut = (write, _) => write.Precondition.IfMatch is not null && refusals-- > 0 ? throw new StoreUnavailableException() : Task.CompletedTask,
        };
        await using TestHost host = await store.Host([typeof(WhenThingsChange)], documents: documents);
        await store.Put("a");
        await store.Clock.Armed(TimeSpan.FromSeconds(1));
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        await store.Clock.Armed(TimeSpan.FromSeconds(2));
        store.Clock.Advance(TimeSpan.FromSeconds(2));
        await host.WhenIdle();
        Assert.Equal(["batch a", "saw a"], host.Journal.Words);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_for_a_while_stops_nothing()
    {
        await using TestStore store = new();
        int refusals = 2;
        FaultyDocuments documents = new(store.Documents)
        {
            BeforeFeed = () =>
            {
                if (refusals-- > 0) throw new StoreUnavailableException();
            },
        };
        await using TestHost host = await store.Host([typeof(WhenThingsChange)], documents: documents);
        await store.Clock.Armed(TimeSpan.FromSeconds(1));
        store.Clock.Advance(TimeSpan.FromSeconds(1));
        await store.Clock.Armed(TimeSpan.FromSeconds(2));
        store.Clock.Advance(TimeSpan.FromSeconds(2));
        await store.Put("a");
        await host.Journal.Until("saw a");
    }

    [Fact]
    public async Task Two_hosts_on_one_store_lose_no_change_and_agree_on_the_position()
    {
        await using TestStore store = new();
        await using TestHost one = await store.Host([typeof(WhenThingsChange)]);
        await using TestHost other = await store.Host([typeof(WhenThingsChange)]);
        for (int i = 0; i < 60; i++) await store.Put($"d{i}");
        await one.WhenIdle();
        await other.WhenIdle();
        HashSet<string> seen = [.. one.Journal.Words.Concat(other.Journal.Words).Where(w => w.StartsWith("saw", StringComparison.Ordinal))];
        Assert.Equal(60, seen.Count);
        StoredDocument lease = (await store.Documents.Get(new("leases", "feed.toys.inbox", "feed.toys.inbox"), Token))!;
        string kept = JsonDocument.Parse(lease.Json).RootElement.GetProperty("continuation").GetString()!;
        Assert.Empty((await store.Documents.Feed("inbox", kept, 10, Token)).Changes);
    }

    [Fact]
    public async Task A_host_that_fell_behind_does_not_move_the_position_back()
    {
        await using TestStore store = new();
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FaultyDocuments documents = new(store.Documents)
        {
            BeforePut = async (write, _) =>
            {
                if (write.Precondition.IfAbsent || !reached.TrySetResult()) return;
                await go.Task;
            },
        };
        await using TestHost slow = await store.Host([typeof(WhenThingsChange)], documents: documents);
        await store.Put("a");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await using (TestHost fast = await store.Host([typeof(WhenThingsChange)]))
        {
            await store.Put("b");
            await fast.WhenIdle();
            await fast.Stop();
        }

        go.SetResult();
        await slow.WhenIdle();
        Assert.Equal(["saw a"], slow.Journal.Words.Where(w => w.StartsWith("saw", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_a_write_signal_the_feed_is_polled_by_the_clock()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(WhenThingsChange)], signal: false);
        await store.Clock.Armed(TimeSpan.FromSeconds(5));
        await store.Put("a");
        Assert.Empty(host.Journal.Words);
        store.Clock.Advance(TimeSpan.FromSeconds(5));
        await host.Journal.Until("saw a");
    }

    [Fact]
    public async Task With_a_write_signal_a_change_needs_no_poll()
    {
        await using TestStore store = new();
        await using TestHost host = await store.Host([typeof(WhenThingsChange)]);
        await store.Clock.Armed(TimeSpan.FromSeconds(5));
        await store.Put("a");
        await host.Journal.Until("saw a");
    }

    private sealed class ParkedDocuments : IParkedDocuments
    {
        public ConcurrentQueue<(string Function, string Container, string Id, string Error)> All { get; } = [];

        public int Failures { get; set; }

        public Task Park(string function, string container, JsonElement document, Exception error, CancellationToken token)
        {
            if (Failures-- > 0) throw new StoreUnavailableException();
            All.Enqueue((function, container, document.GetProperty("id").GetString()!, error.GetType().Name));
            return Task.CompletedTask;
        }
    }
}
