using Crm.Ports;

namespace Crm.Tests.Adapters;

public sealed class SqlitePurgeTests : SqliteSuite
{
    [Fact]
    public async Task Expired_rows_are_removed_and_no_others()
    {
        for (var i = 0; i < 700; i++) await Expiring(Customer("ann", $"gone{i}"), TimeSpan.FromHours(1));
        await Expiring(Customer("ann", "later"), TimeSpan.FromHours(3));
        await Put(Customer("ann", "kept"));

        Clock.Advance(TimeSpan.FromHours(2));
        await Store.Purge.Run(Token);

        using var foreign = Foreign();
        Assert.Equal(["kept", "later"], Rows(foreign, "SELECT id FROM customers ORDER BY id", 0));
    }

    [Fact]
    public async Task The_inbox_is_purged_from_its_oldest_end_past_rows_that_live_longer()
    {
        await Expiring(Receipt("longer"), TimeSpan.FromDays(90));
        for (var i = 0; i < 600; i++) await Put(Receipt($"gone{i}"));
        Clock.Advance(TimeSpan.FromDays(29));
        await Put(Receipt("young"));
        Clock.Advance(TimeSpan.FromDays(1));

        await Store.Purge.Run(Token);

        using var foreign = Foreign();
        Assert.Equal(["longer", "young"], Rows(foreign, "SELECT id FROM inbox ORDER BY id", 0));
    }

    [Fact]
    public async Task The_purge_runs_by_the_clock()
    {
        await Expiring(Customer("ann", "gone"), TimeSpan.FromSeconds(1));
        using var foreign = Foreign();
        Assert.Equal(1L, Ask(foreign, "SELECT count(*) FROM customers"));

        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(SpinWait.SpinUntil(() => Ask(foreign, "SELECT count(*) FROM customers") is 0L, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task The_hot_path_keeps_two_trees()
    {
        await Put(Receipt("a"));

        using var foreign = Foreign();
        Assert.Equal(["inbox", "ux_inbox"], Rows(foreign, "SELECT name FROM sqlite_schema WHERE tbl_name = 'inbox' ORDER BY name", 0));
    }

    private async Task Expiring(DocumentKey key, TimeSpan timeToLive) =>
        Assert.IsType<WriteOutcome.Written>(await Documents.Put(new DocumentWrite(key, Body(key), TimeToLive: timeToLive), Token));
}
