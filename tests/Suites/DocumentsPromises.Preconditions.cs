using Crm.Ports;

namespace Crm.Tests.Suites;

public abstract partial class DocumentsPromises
{
    [Fact]
    public async Task A_put_if_absent_of_an_existing_id_is_refused()
    {
        var key = Identity("email:ann@example.org");
        var first = await Documents.Put(new DocumentWrite(key, Body(key, ("customer", "a")), Precondition.Absent), Token);
        var second = await Documents.Put(new DocumentWrite(key, Body(key, ("customer", "b")), Precondition.Absent), Token);

        Assert.IsType<WriteOutcome.Written>(first);
        Assert.IsType<WriteOutcome.Exists>(second);
        Assert.Equal("a", Text(await Current(key), "customer"));
    }

    [Fact]
    public async Task A_put_if_absent_over_a_deleted_document_is_written()
    {
        var key = Identity("phone:491");
        await Put(key, ("customer", "a"));
        await Documents.Delete(key, default, Token);

        Assert.IsType<WriteOutcome.Written>(await Documents.Put(new DocumentWrite(key, Body(key, ("customer", "b")), Precondition.Absent), Token));
        Assert.Equal("b", Text(await Current(key), "customer"));
    }

    [Fact]
    public async Task A_put_with_the_current_etag_is_written()
    {
        var key = Customer("ann", "profile");
        var etag = await Put(key, ("n", 1));

        var written = Assert.IsType<WriteOutcome.Written>(await Documents.Put(new DocumentWrite(key, Body(key, ("n", 2)), Precondition.Match(etag)), Token));
        Assert.Equal(written.ETag, (await Current(key)).ETag);
        Assert.Equal("2", Text(await Current(key), "n"));
    }

    [Fact]
    public async Task A_put_with_another_etag_is_refused_as_changed()
    {
        var key = Customer("ann", "profile");
        var old = await Put(key, ("n", 1));
        var foreign = await Put(Customer("bob", "profile"));
        await Put(key, ("n", 2));

        foreach (var etag in new[] { old, foreign, "no etag of any engine" })
        {
            Assert.IsType<WriteOutcome.Changed>(await Documents.Put(new DocumentWrite(key, Body(key, ("n", 3)), Precondition.Match(etag)), Token));
        }
        Assert.Equal("2", Text(await Current(key), "n"));
    }

    [Fact]
    public async Task A_put_with_an_etag_where_no_document_is_finds_it_missing()
    {
        var key = Customer("ann", "profile");
        var etag = await Put(key);
        var tombstone = Assert.IsType<WriteOutcome.Written>(await Documents.Delete(key, default, Token)).ETag;

        foreach (var gone in new[] { etag, tombstone })
        {
            Assert.IsType<WriteOutcome.Missing>(await Documents.Put(new DocumentWrite(key, Body(key), Precondition.Match(gone)), Token));
        }
        Assert.IsType<WriteOutcome.Missing>(await Documents.Put(new DocumentWrite(Customer("ann", "never"), Body(Customer("ann", "never")), Precondition.Match(etag)), Token));
        Assert.Null(await Documents.Get(key, Token));
    }

    [Fact]
    public async Task A_deleted_document_is_gone_for_readers()
    {
        var key = Customer("ann", "note");
        await Put(key, ("timelineAt", "2026-01-01"));

        Assert.IsType<WriteOutcome.Written>(await Documents.Delete(key, default, Token));

        Assert.Null(await Documents.Get(key, Token));
        Assert.Empty((await Documents.Query(new DocumentQuery(Containers.Customers, "ann", []), Token)).Documents);
        Assert.IsType<WriteOutcome.Missing>(await Documents.Delete(key, default, Token));
    }

    [Fact]
    public async Task A_null_body_deletes()
    {
        var key = Customer("ann", "note");
        await Put(key);

        Assert.IsType<WriteOutcome.Written>(await Documents.Put(new DocumentWrite(key, null), Token));

        Assert.Null(await Documents.Get(key, Token));
        Assert.True(Assert.Single((await Documents.Feed(Containers.Customers, null, 10, Token)).Changes).Deleted);
    }

    [Fact]
    public async Task Deleting_what_is_not_there_finds_it_missing()
    {
        Assert.IsType<WriteOutcome.Missing>(await Documents.Delete(Customer("ann", "never"), default, Token));
        Assert.IsType<WriteOutcome.Missing>(await Documents.Delete(Customer("ann", "never"), Precondition.Match("1"), Token));
        Assert.Empty((await Documents.Feed(Containers.Customers, null, 10, Token)).Changes);
    }

    [Fact]
    public async Task A_delete_holds_to_its_etag()
    {
        var key = Customer("ann", "note");
        var old = await Put(key);
        var current = await Put(key);

        Assert.IsType<WriteOutcome.Changed>(await Documents.Delete(key, Precondition.Match(old), Token));
        Assert.NotNull(await Documents.Get(key, Token));
        Assert.IsType<WriteOutcome.Written>(await Documents.Delete(key, Precondition.Match(current), Token));
        Assert.Null(await Documents.Get(key, Token));
    }
}
