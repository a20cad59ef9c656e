using Crm.Ports;

namespace Crm.Tests.Suites;

public abstract partial class DocumentsPromises
{
    [Fact]
    public async Task A_batch_writes_all_and_answers_the_etags_in_order()
    {
        await Put(Customer("ann", "old"));
        var (a, b) = (Customer("ann", "a"), Customer("ann", "b"));

        var outcome = await Documents.Batch(
            [new DocumentWrite(b, Body(b), Precondition.Absent), new DocumentWrite(a, Body(a)), new DocumentWrite(Customer("ann", "old"), null)], Token);

        var etags = Assert.IsType<BatchOutcome.Written>(outcome).ETags;
        Assert.Equal([(await Current(b)).ETag, (await Current(a)).ETag], etags.Take(2));
        Assert.Equal(3, etags.Distinct().Count());
        Assert.Null(await Documents.Get(Customer("ann", "old"), Token));
    }

    [Fact]
    public async Task A_batch_refused_in_the_middle_changes_nothing_and_names_the_operation()
    {
        var (before, kept, after) = (Customer("ann", "before"), Customer("ann", "kept"), Customer("ann", "after"));
        var etag = await Put(kept, ("n", 1));
        await Put(kept, ("n", 2));

        async Task Refused<TReason>(DocumentWrite middle)
        {
            var outcome = Assert.IsType<BatchOutcome.Refused>(await Documents.Batch([new DocumentWrite(before, Body(before)), middle, new DocumentWrite(after, Body(after))], Token));
            Assert.Equal(1, outcome.Index);
            Assert.IsType<TReason>(outcome.Reason);
            Assert.Null(await Documents.Get(before, Token));
            Assert.Null(await Documents.Get(after, Token));
            Assert.Equal("2", Text(await Current(kept), "n"));
        }

        await Refused<WriteOutcome.Exists>(new DocumentWrite(kept, Body(kept), Precondition.Absent));
        await Refused<WriteOutcome.Changed>(new DocumentWrite(kept, Body(kept), Precondition.Match(etag)));
        await Refused<WriteOutcome.Missing>(new DocumentWrite(Customer("ann", "never"), null));
        Assert.Equal(kept, Assert.Single((await Documents.Feed(Containers.Customers, null, 100, Token)).Changes).Key);
    }

    [Fact]
    public async Task A_batch_takes_a_hundred_operations_and_no_more()
    {
        DocumentWrite[] Writes(int count) => [.. Enumerable.Range(0, count).Select(i => Customer("ann", $"n{i}")).Select(k => new DocumentWrite(k, Body(k)))];

        Assert.Equal(Limits.BatchOperations, Assert.IsType<BatchOutcome.Written>(await Documents.Batch(Writes(Limits.BatchOperations), Token)).ETags.Count);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Batch(Writes(Limits.BatchOperations + 1), Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Batch([], Token));
    }

    [Fact]
    public async Task A_batch_is_of_one_partition_of_one_container()
    {
        var (ann, bob, insight) = (Customer("ann", "a"), Customer("bob", "b"), new DocumentKey(Containers.Insights, "ann", "b"));

        foreach (var other in new[] { bob, insight })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Batch([new DocumentWrite(ann, Body(ann)), new DocumentWrite(other, Body(other))], Token));
        }
        Assert.Null(await Documents.Get(ann, Token));
    }

    [Fact]
    public async Task A_batch_names_an_id_once()
    {
        var key = Customer("ann", "a");

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Batch([new DocumentWrite(key, Body(key)), new DocumentWrite(key, null)], Token));
        Assert.Null(await Documents.Get(key, Token));
    }

    [Fact]
    public async Task A_batch_holds_no_more_in_sum_than_one_document_may()
    {
        var (a, b) = (Customer("ann", "a"), Customer("ann", "b"));
        var half = Limits.DocumentBytes / 2;

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Batch([new DocumentWrite(a, BodyOf(a, half)), new DocumentWrite(b, BodyOf(b, half + 1))], Token));
        Assert.Null(await Documents.Get(a, Token));
        Assert.IsType<BatchOutcome.Written>(await Documents.Batch([new DocumentWrite(a, BodyOf(a, half)), new DocumentWrite(b, BodyOf(b, half))], Token));
    }

    [Fact]
    public async Task A_body_in_a_batch_is_checked_like_any_other()
    {
        var (a, b) = (Customer("ann", "a"), Customer("ann", "b"));

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Batch([new DocumentWrite(a, Body(a)), new DocumentWrite(b, Body(a))], Token));
        Assert.Null(await Documents.Get(a, Token));
    }
}
