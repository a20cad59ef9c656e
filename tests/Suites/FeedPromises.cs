using System.Collections.Concurrent;
using Crm.Ports;

namespace Crm.Tests.Suites;

/// <summary>What <see cref="IDocuments.Feed"/> promises, and no more: a consumer sees the latest versions, at least once.</summary>
public abstract class FeedPromises : DocumentsSuite
{
    [Fact]
    public async Task The_feed_begins_with_the_oldest_and_goes_on_from_its_continuation()
    {
        await Put(Customer("ann", "a"), ("n", 1));
        await Put(Customer("bob", "b"), ("n", 2));
        var (first, position) = await Rest(null);
        Assert.Equal(["a", "b"], first.Select(c => c.Key.Id).Order());

        await Put(Customer("ann", "c"), ("n", 3));
        var (second, _) = await Rest(position);

        var change = Assert.Single(second);
        var stored = await Current(Customer("ann", "c"));
        Assert.Equal((stored.Key, stored.ETag, stored.Written, false), (change.Key, change.ETag, change.Written, change.Deleted));
        Same(stored.Json, change.Json);
    }

    [Fact]
    public async Task Only_the_latest_version_shows()
    {
        var key = Customer("ann", "profile");
        for (var n = 1; n <= 3; n++) await Put(key, ("n", n));

        var (changes, _) = await Rest(null);

        Same(Body(key, ("n", 3)), Assert.Single(changes).Json);
    }

    [Fact]
    public async Task A_change_to_a_document_already_seen_shows_again()
    {
        var key = Customer("ann", "profile");
        await Put(key, ("n", 1));
        await Put(Customer("ann", "later"));
        var (_, position) = await Rest(null);

        await Put(key, ("n", 2));

        var (changes, _) = await Rest(position);
        Same(Body(key, ("n", 2)), Assert.Single(changes).Json);
    }

    [Fact]
    public async Task A_delete_shows_as_a_tombstone()
    {
        var (partitioned, single) = (Customer("ann", "note"), Identity("email:ann@example.org"));
        foreach (var key in new[] { partitioned, single })
        {
            await Put(key, ("secret", "text"));
            var (_, position) = await Rest(null, key.Container);
            var written = Assert.IsType<WriteOutcome.Written>(await Documents.Delete(key, default, Token));

            var (changes, _) = await Rest(position, key.Container);

            var tombstone = Assert.Single(changes);
            Assert.True(tombstone.Deleted);
            Assert.Equal((key, written.ETag), (tombstone.Key, tombstone.ETag));
            Same(Body(key, ("deleted", true)), tombstone.Json);
        }
    }

    [Fact]
    public async Task A_document_written_again_after_its_delete_shows_alive()
    {
        var key = Customer("ann", "note");
        await Put(key, ("n", 1));
        await Documents.Delete(key, default, Token);
        await Put(key, ("n", 2));

        var change = Assert.Single((await Rest(null)).Changes);
        Assert.False(change.Deleted);
        Same(Body(key, ("n", 2)), change.Json);
    }

    [Fact]
    public async Task An_expiry_never_shows()
    {
        var key = Customer("ann", "code");
        await Documents.Put(new DocumentWrite(key, Body(key), TimeToLive: TimeSpan.FromMinutes(5)), Token);
        var (seen, position) = await Rest(null);
        Assert.Single(seen);

        Clock.Advance(TimeSpan.FromDays(1));

        Assert.Empty((await Rest(position)).Changes);
        Assert.Empty((await Rest(null)).Changes);
    }

    [Fact]
    public async Task A_tombstone_is_purged_after_its_life_and_that_never_shows()
    {
        var key = Customer("ann", "note");
        await Put(key);
        await Documents.Delete(key, default, Token);
        var (_, position) = await Rest(null);

        Clock.Advance(Limits.TombstoneLife - TimeSpan.FromSeconds(1));
        Assert.True(Assert.Single((await Rest(null)).Changes).Deleted);

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty((await Rest(null)).Changes);
        Assert.Empty((await Rest(position)).Changes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Within_a_partition_changes_keep_their_order_across_pages(int limit)
    {
        for (var n = 0; n < 12; n++)
        {
            foreach (var customer in new[] { "ann", "bob", "cem" }) await Put(Customer(customer, $"n{n:00}"));
        }
        for (var n = 0; n < 6; n++) await Put(Customer("ann", $"n{n:00}"), ("again", true));

        var (changes, _) = await Rest(null, limit: limit);

        Assert.Equal(Enumerable.Range(0, 12).Select(n => $"n{n:00}"), Of("bob"));
        Assert.Equal(Enumerable.Range(6, 6).Concat(Enumerable.Range(0, 6)).Select(n => $"n{n:00}"), Of("ann"));

        IEnumerable<string> Of(string customer) => changes.Where(c => c.Key.Partition == customer).Select(c => c.Key.Id);
    }

    [Fact]
    public async Task A_page_has_no_more_than_its_limit()
    {
        for (var n = 0; n < 10; n++) await Put(Customer("ann", $"n{n}"));

        Assert.True((await Documents.Feed(Containers.Customers, null, 4, Token)).Changes.Count <= 4);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Feed(Containers.Customers, null, 0, Token));
    }

    [Fact]
    public async Task An_empty_page_carries_a_continuation_from_which_nothing_is_left_out()
    {
        var empty = await Documents.Feed(Containers.Customers, null, 10, Token);
        Assert.Empty(empty.Changes);
        var again = await Documents.Feed(Containers.Customers, empty.Continuation, 10, Token);
        Assert.Empty(again.Changes);

        await Put(Customer("ann", "first"));

        Assert.Single((await Rest(again.Continuation)).Changes);
        Assert.Single((await Rest(empty.Continuation)).Changes);
    }

    [Fact]
    public async Task An_earlier_continuation_shows_the_changes_again()
    {
        await Put(Customer("ann", "a"));
        var (_, position) = await Rest(null);
        await Put(Customer("ann", "b"));

        Assert.Equal("b", Assert.Single((await Rest(position)).Changes).Key.Id);
        Assert.Equal("b", Assert.Single((await Rest(position)).Changes).Key.Id);
    }

    [Fact]
    public async Task A_continuation_belongs_to_its_container()
    {
        await Put(Customer("ann", "a"), ("timelineAt", "1"));
        await Put(Customer("ann", "b"), ("timelineAt", "2"));
        var (_, position) = await Rest(null);
        var ofQuery = (await Documents.Query(new DocumentQuery(Containers.Customers, "ann", [], "timelineAt", Limit: 1), Token)).Continuation;

        var (_, ofViews) = await Rest(null, Containers.Views);

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Feed(Containers.Insights, position, 10, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Feed(Containers.Inbox, ofViews, 10, Token));
        foreach (var nonsense in new[] { "", "nonsense", "!!", "AAAA", ofQuery })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Feed(Containers.Customers, nonsense, 10, Token));
        }
    }

    [Fact]
    public async Task A_containers_feed_shows_its_own_changes_only_batches_among_them()
    {
        var (a, b) = (Customer("ann", "a"), Customer("ann", "b"));
        await Documents.Batch([new DocumentWrite(a, Body(a)), new DocumentWrite(b, Body(b))], Token);
        await Put(Identity("email:ann@example.org"));
        await Put(new DocumentKey(Containers.Insights, "ann", "a"));

        Assert.Equal([a, b], (await Rest(null)).Changes.Select(c => c.Key));
    }

    [Fact]
    public async Task A_refused_write_does_not_show()
    {
        var key = Customer("ann", "a");
        await Put(key);
        var (_, position) = await Rest(null);

        await Documents.Put(new DocumentWrite(key, Body(key), Precondition.Absent), Token);
        await Documents.Put(new DocumentWrite(key, Body(key), Precondition.Match("no")), Token);

        Assert.Empty((await Rest(position)).Changes);
    }

    [Fact]
    public async Task Who_reads_while_others_write_ends_with_the_last_version_of_every_document()
    {
        var writers = Enumerable.Range(0, 16).Select(w => Task.Run(async () =>
        {
            var random = new Random(w);
            for (var n = 0; n < 60; n++)
            {
                var key = Customer($"c{random.Next(4)}", $"d{random.Next(25)}");
                if (random.Next(5) == 0) await Documents.Delete(key, default, Token);
                else await Documents.Put(new DocumentWrite(key, Body(key, ("writer", w), ("n", n))), Token);
            }
        })).ToArray();
        var seen = new ConcurrentDictionary<DocumentKey, FeedItem>();
        var writing = Task.WhenAll(writers);
        string? position = null;
        bool done;
        do
        {
            done = writing.IsCompleted;
            var (changes, next) = await Rest(position, limit: 7);
            foreach (var change in changes) seen[change.Key] = change;
            position = next;
        }
        while (!done);
        await writing;

        for (var c = 0; c < 4; c++)
        {
            for (var d = 0; d < 25; d++)
            {
                var key = Customer($"c{c}", $"d{d}");
                var stored = await Documents.Get(key, Token);
                var last = seen.GetValueOrDefault(key);
                Assert.Equal(stored?.ETag, last is { Deleted: false } ? last.ETag : null);
                if (stored is not null) Same(stored.Json, last!.Json);
            }
        }
    }

    /// <summary>All changes up to the first empty page.</summary>
    private async Task<(List<FeedItem> Changes, string Continuation)> Rest(string? continuation, string container = Containers.Customers, int limit = 100)
    {
        var changes = new List<FeedItem>();
        while (true)
        {
            var page = await Documents.Feed(container, continuation, limit, Token);
            continuation = page.Continuation;
            if (page.Changes.Count == 0) return (changes, continuation);
            changes.AddRange(page.Changes);
        }
    }
}
