using System.Text;
using Crm.Ports;

namespace Crm.Tests.Suites;

/// <summary>What <see cref="IDocuments"/> promises, sentence by sentence; the parts stand in files of their own.</summary>
public abstract partial class DocumentsPromises : DocumentsSuite
{
    [Fact]
    public async Task What_was_put_is_read_with_its_etag_and_its_time()
    {
        var key = Customer("ann", "note-1");
        var body = Body(key, ("text", "Grüße, 你好 \"quoted\""), ("n", 1.5));

        var written = Assert.IsType<WriteOutcome.Written>(await Documents.Put(new DocumentWrite(key, body), Token));

        var stored = await Current(key);
        Assert.Equal(key, stored.Key);
        Assert.Equal(written.ETag, stored.ETag);
        Assert.Equal(Clock.GetUtcNow(), stored.Written);
        Same(body, stored.Json);
    }

    [Fact]
    public async Task An_absent_document_is_null() => Assert.Null(await Documents.Get(Customer("ann", "nothing"), Token));

    [Fact]
    public async Task A_put_replaces_the_whole_document()
    {
        var key = Customer("ann", "profile");
        await Put(key, ("name", "Ann"), ("city", "Bonn"));
        await Put(key, ("name", "Anna"));

        Same(Body(key, ("name", "Anna")), (await Current(key)).Json);
    }

    [Fact]
    public async Task Every_version_has_an_etag_of_its_own()
    {
        var key = Customer("ann", "profile");
        var etags = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            etags.Add(await Put(key, ("same", true)));
            etags.Add(Assert.IsType<WriteOutcome.Written>(await Documents.Delete(key, default, Token)).ETag);
        }
        etags.Add(await Put(Customer("bob", "profile"), ("same", true)));

        Assert.Equal(etags.Count, etags.Distinct().Count());
    }

    [Fact]
    public async Task One_id_in_two_partitions_or_containers_is_several_documents()
    {
        await Put(Customer("ann", "x"), ("of", "ann"));
        await Put(Customer("bob", "x"), ("of", "bob"));
        await Put(new DocumentKey(Containers.Insights, "ann", "x"), ("of", "insights"));

        Assert.Equal("ann", Text(await Current(Customer("ann", "x")), "of"));
        Assert.Equal("bob", Text(await Current(Customer("bob", "x")), "of"));
        Assert.Equal("insights", Text(await Current(new DocumentKey(Containers.Insights, "ann", "x")), "of"));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"id":"doc","customerId":"ann"} {}""")]
    [InlineData("""{"id":"doc","customerId":"ann","open":""")]
    [InlineData("""{"id":"other","customerId":"ann"}""")]
    [InlineData("""{"id":"doc","customerId":"other"}""")]
    [InlineData("""{"id":"doc"}""")]
    [InlineData("""{"customerId":"ann"}""")]
    [InlineData("""{"id":7,"customerId":"ann"}""")]
    [InlineData("""{"inner":{"id":"doc","customerId":"ann"}}""")]
    public async Task A_body_that_is_no_object_with_the_keys_id_and_partition_is_refused(string body)
    {
        var key = Customer("ann", "doc");

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Put(new DocumentWrite(key, Encoding.UTF8.GetBytes(body)), Token));

        Assert.Null(await Documents.Get(key, Token));
    }

    [Fact]
    public async Task A_body_that_is_not_utf8_is_refused()
    {
        byte[] body = [.. "{\"id\":\"doc\",\"customerId\":\"ann\",\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Put(new DocumentWrite(Customer("ann", "doc"), body), Token));
    }

    [Fact]
    public async Task A_body_of_two_mebibytes_is_kept_and_one_byte_more_is_too_large()
    {
        var key = Customer("ann", "large");
        var largest = BodyOf(key, Limits.DocumentBytes);

        Assert.IsType<WriteOutcome.Written>(await Documents.Put(new DocumentWrite(key, largest), Token));
        Same(largest, (await Current(key)).Json);

        var more = await Documents.Put(new DocumentWrite(key, BodyOf(key, Limits.DocumentBytes + 1)), Token);
        Assert.Equal(Limits.DocumentBytes + 1, Assert.IsType<WriteOutcome.TooLarge>(more).Bytes);
        Same(largest, (await Current(key)).Json);
    }

    [Fact]
    public async Task Ids_take_every_allowed_character_up_to_255_of_them()
    {
        const string allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~:@-";
        DocumentKey[] keys = [Customer(allowed, allowed), Customer("a", new string('x', 255)), Customer(new string('x', 255), "a"), Identity("email:ann@example.org")];

        foreach (var key in keys)
        {
            await Put(key);
            Assert.Equal(key, (await Current(key)).Key);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("ä")]
    [InlineData("a\n")]
    public async Task Other_characters_are_refused_in_writes_and_name_no_document(string part)
    {
        foreach (var key in new[] { Customer("ann", part), Customer(part, "doc") })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Put(new DocumentWrite(key, Body(key)), Token));
            Assert.Null(await Documents.Get(key, Token));
        }
    }

    [Fact]
    public async Task An_id_of_256_characters_is_refused()
    {
        var key = Customer("ann", new string('x', 256));

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Put(new DocumentWrite(key, Body(key)), Token));
    }

    [Fact]
    public async Task An_unknown_container_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Get(new DocumentKey("nowhere", "a", "a"), Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Feed("nowhere", null, 10, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Documents.Query(new DocumentQuery("nowhere", "a", []), Token));
    }

    [Fact]
    public async Task A_cancelled_call_writes_nothing()
    {
        var key = Customer("ann", "doc");
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Documents.Put(new DocumentWrite(key, Body(key)), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Documents.Batch([new DocumentWrite(key, Body(key))], cancelled));

        Assert.Null(await Documents.Get(key, Token));
    }
}
