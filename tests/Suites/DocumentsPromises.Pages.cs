using Crm.Ports;

namespace Crm.Tests.Suites;

public abstract partial class DocumentsPromises
{
    private static readonly DocumentQuery Timeline = new(Containers.Customers, "ann", [], "timelineAt", Descending: true, Limit: 3);
    private static readonly DocumentQuery CustomerList = new(Containers.Customers, null, [new Condition.Equal("kind", "customer")], "createdAt", Descending: true, Limit: 3);

    [Fact]
    public async Task Without_an_order_documents_come_by_id()
    {
        foreach (var id in new[] { "c", "B", "a", "b" }) await Put(Customer("ann", id));

        Assert.Equal(["B", "a", "b", "c"], await Ids(new DocumentQuery(Containers.Customers, "ann", [], Limit: 3)));
        Assert.Equal(["c", "b", "a", "B"], await Ids(new DocumentQuery(Containers.Customers, "ann", [], Descending: true, Limit: 3)));
    }

    [Fact]
    public async Task Ties_come_by_id_and_the_other_direction_is_the_exact_reverse()
    {
        foreach (var (id, at) in new[] { ("d", "2026-01-02"), ("a", "2026-01-01"), ("c", "2026-01-02"), ("b", "2026-01-03"), ("e", "2026-01-02") })
        {
            await Put(Customer("ann", id), ("timelineAt", at));
        }

        Assert.Equal(["a", "c", "d", "e", "b"], await Ids(Timeline with { Descending = false, Limit = 2 }));
        Assert.Equal(["b", "e", "d", "c", "a"], await Ids(Timeline with { Limit = 2 }));
    }

    [Fact]
    public async Task Documents_without_the_property_ordered_by_are_left_out()
    {
        await Put(Customer("ann", "profile"), ("kind", "customer"));
        await Put(Customer("ann", "note"), ("timelineAt", "2026-01-01"));

        Assert.Equal(["note"], await Ids(Timeline));
    }

    [Fact]
    public async Task An_order_may_be_by_any_property_inside_a_partition()
    {
        foreach (var (id, rank) in new[] { ("a", 10), ("b", 9), ("c", 100), ("d", 9) }) await Put(Customer("ann", id), ("rank", rank));

        Assert.Equal(["b", "d", "a", "c"], await Ids(new DocumentQuery(Containers.Customers, "ann", [], "rank", Limit: 2)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task Pages_hold_every_match_once_and_no_page_more_than_its_limit(int limit)
    {
        for (var i = 0; i < 20; i++) await Put(Customer("ann", $"n{i:00}"), ("timelineAt", $"2026-01-{1 + i / 3:00}"));

        var (ids, query) = (new List<string>(), Timeline with { Limit = limit });
        do
        {
            var page = await Documents.Query(query, Token);
            Assert.True(page.Documents.Count <= limit);
            ids.AddRange(page.Documents.Select(d => d.Key.Id));
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"n{i:00}").Reverse(), ids);
    }

    [Fact]
    public async Task A_page_goes_on_where_the_last_one_ended_whatever_was_written_between()
    {
        for (var i = 1; i <= 6; i++) await Put(Customer("ann", $"n{i}"), ("timelineAt", $"2026-01-0{i}"));
        var first = await Documents.Query(Timeline, Token);
        Assert.Equal(["n6", "n5", "n4"], first.Documents.Select(d => d.Key.Id));

        await Put(Customer("ann", "newest"), ("timelineAt", "2026-01-09"));
        await Put(Customer("ann", "late"), ("timelineAt", "2026-01-02"));
        await Documents.Delete(Customer("ann", "n4"), default, Token);
        await Documents.Delete(Customer("ann", "n3"), default, Token);

        Assert.Equal(["n2", "late", "n1"], await Ids(Timeline with { Continuation = first.Continuation }));
    }

    [Fact]
    public async Task A_continuation_belongs_to_its_query()
    {
        for (var i = 1; i <= 5; i++) await Put(Customer("ann", $"n{i}"), ("timelineAt", $"2026-01-0{i}"), ("kind", "note"), ("createdAt", "2026"));
        var continuation = (await Documents.Query(Timeline, Token)).Continuation;
        Assert.NotNull(continuation);

        DocumentQuery[] others =
        [
            Timeline with { Descending = false },
            Timeline with { OrderBy = null },
            Timeline with { OrderBy = "createdAt" },
            Timeline with { Partition = "bob" },
            Timeline with { Partition = null },
            Timeline with { Where = [new Condition.Equal("kind", "note")] },
            Timeline with { Container = Containers.Insights },
        ];
        foreach (var other in others)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Query(other with { Continuation = continuation }, Token));
        }
        foreach (var nonsense in new[] { "", "nonsense", "AAAA", "!!", "WyJ4Il0", (await Documents.Feed(Containers.Customers, null, 1, Token)).Continuation })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Query(Timeline with { Continuation = nonsense }, Token));
        }
        Assert.Equal(["n2", "n1"], await Ids(Timeline with { Continuation = continuation }));
    }

    [Fact]
    public async Task A_value_in_the_condition_belongs_to_the_query_too()
    {
        for (var i = 1; i <= 5; i++) await Put(Customer($"c{i}", "p"), ("kind", "customer"), ("createdAt", $"2026-01-0{i}"));
        var continuation = (await Documents.Query(CustomerList, Token)).Continuation;

        await Assert.ThrowsAnyAsync<ArgumentException>(async () =>
            await Documents.Query(CustomerList with { Where = [new Condition.Equal("kind", "case")], Continuation = continuation }, Token));
    }

    [Fact]
    public async Task Without_a_partition_a_query_crosses_them()
    {
        for (var i = 1; i <= 7; i++) await Put(Customer($"c{i}", "profile"), ("kind", "customer"), ("createdAt", $"2026-01-0{(i + 1) / 2}"));
        await Put(Customer("c1", "case"), ("kind", "case"), ("createdAt", "2026-01-01"));

        var partitions = new List<string>();
        await foreach (var document in Documents.All(CustomerList, Token)) partitions.Add(document.Key.Partition);

        Assert.Equal(["c7"], partitions.Take(1));
        Assert.Equal(Enumerable.Range(1, 7).Select(i => $"c{i}"), partitions.Order(StringComparer.Ordinal));
        Assert.Equal(7, partitions.Count);
    }

    [Fact]
    public async Task Ids_are_found_by_prefix_across_partitions()
    {
        foreach (var id in new[] { "email:b@x.org", "email:a@x.org", "phone:49", "emails" }) await Put(Identity(id));

        Assert.Equal(["email:a@x.org", "email:b@x.org"], await Ids(new DocumentQuery(Containers.Identities, null, [new Condition.Prefix("id", "email:")], Limit: 1)));
    }

    [Fact]
    public async Task Across_partitions_only_declared_paths_are_asked_by()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Query(CustomerList with { OrderBy = "name" }, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Query(CustomerList with { Where = [new Condition.Equal("name", "Ann")] }, Token));
    }
}
