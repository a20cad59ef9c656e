using Crm.Adapters.Sqlite;
using Crm.Ports;
using Microsoft.Data.Sqlite;

namespace Crm.Tests.Adapters;

public sealed class SqliteStoreTests : SqliteSuite
{
    [Fact]
    public async Task After_a_kill_everything_acknowledged_is_there()
    {
        for (var i = 0; i < 200; i++) await Put(Receipt($"r{i}"), ("n", i));
        await Documents.Delete(Receipt("r0"), default, Token);
        await Store.Messages.Send(Queues.Analysis, [new OutgoingMessage("a", "m1"), new OutgoingMessage("b", "m2")], Token);

        await using var crashed = Engine.Crashed();

        var feed = await crashed.Documents.Feed(Containers.Inbox, null, 1000, Token);
        Assert.Equal(200, feed.Changes.Count);
        Assert.Equal("r0", Assert.Single(feed.Changes, c => c.Deleted).Key.Id);
        for (var i = 1; i < 200; i++) Assert.Equal((await Current(Receipt($"r{i}"))).ETag, (await crashed.Documents.Get(Receipt($"r{i}"), Token))?.ETag);
        Assert.Equal(["m1", "m2"], (await crashed.Receiver.Receive(Queues.Analysis, 10, TimeSpan.FromMinutes(1), 10, Token)).Select(m => m.MessageId));
    }

    [Fact]
    public async Task Closing_leaves_an_empty_log_and_opening_finds_all()
    {
        await Put(Customer("ann", "a"), ("n", 1));
        var etag = (await Current(Customer("ann", "a"))).ETag;
        var position = (await Documents.Feed(Containers.Customers, null, 10, Token)).Continuation;
        var path = Store.Path;

        Store.Dispose();
        Assert.False(File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0);
        Engine.Reopen();

        Assert.Equal(etag, (await Current(Customer("ann", "a"))).ETag);
        Assert.Empty((await Documents.Feed(Containers.Customers, position, 10, Token)).Changes);
    }

    [Fact]
    public async Task Etags_and_positions_never_come_again_whatever_was_purged_or_killed()
    {
        var key = Customer("ann", "a");
        var etags = new HashSet<string>();
        var position = (await Documents.Feed(Containers.Customers, null, 10, Token)).Continuation;
        for (var round = 0; round < 3; round++)
        {
            Assert.True(etags.Add(await Put(key)));
            Assert.True(etags.Add(Assert.IsType<WriteOutcome.Written>(await Documents.Delete(key, default, Token)).ETag));
            position = (await Documents.Feed(Containers.Customers, position, 10, Token)).Continuation;
            Clock.Advance(Limits.TombstoneLife);
            await Store.Purge.Run(Token);

            await using var crashed = Engine.Crashed();
            var written = Assert.IsType<WriteOutcome.Written>(await crashed.Documents.Put(new DocumentWrite(key, Body(key)), Token));
            Assert.DoesNotContain(written.ETag, etags);
            Assert.Single((await crashed.Documents.Feed(Containers.Customers, position, 10, Token)).Changes);
            Engine.Reopen();
        }
    }

    [Fact]
    public void A_second_store_on_the_folder_is_refused_in_one_line_that_names_it()
    {
        var error = Assert.Throws<StoreInUseException>(() => SqliteStore.Open(Engine.Folder, Clock));

        Assert.Contains(Engine.Folder, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Engine.Reopen();
    }

    [Fact]
    public void A_store_of_a_newer_program_is_refused_and_left_alone()
    {
        using (var foreign = Foreign()) Ask(foreign, "PRAGMA user_version = 4711");

        var error = Assert.Throws<StoreVersionException>(Engine.Reopen);

        Assert.Contains("4711", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{Migrations.Newest}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        using (var foreign = Foreign())
        {
            Assert.Equal(4711L, Ask(foreign, "PRAGMA user_version"));
            Ask(foreign, $"PRAGMA user_version = {Migrations.Newest}");
        }
        Engine.Reopen();
    }

    [Fact]
    public void A_file_that_is_no_database_and_a_folder_that_is_a_file_are_refused_in_one_line()
    {
        var folder = Directory.CreateTempSubdirectory("crm-sqlite-").FullName;
        try
        {
            var path = Path.Combine(folder, "crm.db");
            File.WriteAllText(path, new string('x', 10_000));
            AssertRefused(folder);

            File.Delete(path);
            using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
            {
                connection.Open();
                Ask(connection, "CREATE TABLE theirs (x)");
            }
            AssertRefused(folder);
            AssertRefused(Path.Combine(path, "below"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void AssertRefused(string inside)
        {
            var error = Assert.Throws<CannotOpenStoreException>(() => SqliteStore.Open(inside, Clock));
            Assert.Contains(inside, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void Every_commit_is_flushed_in_full_in_the_log()
    {
        using var writer = new Database(Store.Path).Writer();

        Assert.Equal(2, writer.Number("PRAGMA synchronous"));
        Assert.Equal("wal", Assert.Single(writer.Texts("PRAGMA journal_mode")));
        Assert.Equal(0, writer.Number("PRAGMA wal_autocheckpoint"));
    }

    [Fact]
    public async Task A_container_that_declares_more_gets_its_columns_and_indexes_at_the_next_opening()
    {
        await Put(new DocumentKey(Containers.Views, "list", "a"), ("rank", 7));
        Store.Dispose();
        var database = new Database(Store.Path);
        var grown = new ContainerTable(Containers.Named(Containers.Views) with { Indexes = [["rank"]] }, Store.Signals["x"]);
        using (var session = database.Writer())
        {
            Migrations.Run(session, Store.Path, [grown]);
            Assert.Equal(7, session.Number("SELECT p_rank FROM views INDEXED BY ix_views_in_rank WHERE partition = 'list' AND p_rank IS NOT NULL"));
        }

        Engine.Reopen();
        using var foreign = Foreign();
        Assert.Equal(0L, Ask(foreign, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'ix_views%rank'"));
        Assert.NotNull(await Documents.Get(new DocumentKey(Containers.Views, "list", "a"), Token));
    }

    [Fact]
    public async Task Dead_letter_queues_are_filled_by_dead_letters_only() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.Messages.Send(Queues.DeadLettersOf(Queues.Analysis), [new OutgoingMessage("a")], Token));

    [Fact]
    public async Task Locks_end_with_the_process_that_held_them()
    {
        await Store.Messages.Send(Queues.Analysis, [new OutgoingMessage("a")], Token);
        var held = Assert.Single(await Store.Messages.Receive(Queues.Analysis, 1, TimeSpan.FromHours(1), 10, Token));

        Engine.Reopen();

        Assert.False(await Store.Messages.Complete(held, Token));
        Assert.Equal(2, Assert.Single(await Store.Messages.Receive(Queues.Analysis, 1, TimeSpan.FromHours(1), 10, Token)).DeliveryCount);
    }
}
