using Crm.Ports;

namespace Crm.Tests.Adapters;

/// <summary>On purpose no kinder than Cosmos DB.</summary>
public sealed class SqliteFeedOrderTests : SqliteSuite
{
    [Fact]
    public async Task Within_a_page_partitions_are_mixed_and_each_keeps_its_order()
    {
        for (var n = 0; n < 5; n++)
        {
            for (var c = 0; c < 10; c++) await Put(Customer($"c{c}", $"n{n}"));
        }

        var changes = (await Documents.Feed(Containers.Customers, null, 1000, Token)).Changes;

        var written = Enumerable.Range(0, 5).SelectMany(n => Enumerable.Range(0, 10).Select(c => Customer($"c{c}", $"n{n}"))).ToList();
        Assert.Equal(written.Count, changes.Count);
        Assert.NotEqual(written, changes.Select(c => c.Key));
        Assert.All(changes.GroupBy(c => c.Key.Partition), g => Assert.Equal(["n0", "n1", "n2", "n3", "n4"], g.Select(c => c.Key.Id)));
        Assert.Equal(changes.Select(c => c.ETag), (await Documents.Feed(Containers.Customers, null, 1000, Token)).Changes.Select(c => c.ETag));
    }

    [Fact]
    public async Task A_page_ends_at_four_megabytes()
    {
        for (var n = 0; n < 6; n++)
        {
            var key = Customer("ann", $"n{n}");
            await Documents.Put(new DocumentWrite(key, BodyOf(key, 1_500_000)), Token);
        }

        var feed = await Documents.Feed(Containers.Customers, null, 1000, Token);
        var query = await Documents.Query(new DocumentQuery(Containers.Customers, "ann", []), Token);

        Assert.Equal(3, feed.Changes.Count);
        Assert.Equal(3, query.Documents.Count);
        Assert.Equal(3, (await Documents.Feed(Containers.Customers, feed.Continuation, 1000, Token)).Changes.Count);
        Assert.NotNull(query.Continuation);
    }
}
