using System.Security.Cryptography;
using System.Text;
using Crm.Ports;

namespace Crm.Tests.Suites;

/// <summary>What <see cref="IBlobs"/> promises; every engine keeps it.</summary>
public abstract class BlobsPromises
{
    protected abstract IBlobs Blobs { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_put_is_read_with_its_type_length_and_etag()
    {
        var etag = await Put("a/b.txt", "Grüße, 世界", "text/plain; charset=utf-8");

        await using var blob = await Blobs.Open("a/b.txt", Token);

        Assert.Equal("Grüße, 世界", await Text(blob!));
        Assert.Equal(new BlobProperties("a/b.txt", etag!, "text/plain; charset=utf-8", 15, blob!.Properties.Written), blob.Properties);
        Assert.Equal(blob.Properties, await Blobs.Find("a/b.txt", Token));
    }

    [Fact]
    public async Task What_is_not_there_is_null_or_false()
    {
        Assert.Null(await Blobs.Open("nothing/here", Token));
        Assert.Null(await Blobs.Find("nothing/here", Token));
        Assert.False(await Blobs.Delete("nothing/here", Token));
    }

    [Fact]
    public async Task A_put_replaces_and_changes_the_etag_even_for_the_same_bytes()
    {
        var first = await Put("same", "x");
        var second = await Put("same", "x", "text/html");

        Assert.NotEqual(first, second);
        Assert.Equal("text/html", (await Blobs.Find("same", Token))!.ContentType);
    }

    [Fact]
    public async Task If_absent_refuses_what_is_there()
    {
        Assert.NotNull(await Put("once", "first", precondition: Precondition.Absent));
        Assert.Null(await Put("once", "second", precondition: Precondition.Absent));
        Assert.Equal("first", await Text("once"));
    }

    [Fact]
    public async Task If_match_refuses_another_version_and_a_blob_that_is_not_there()
    {
        var first = await Put("matched", "1");
        var second = await Put("matched", "2", precondition: Precondition.Match(first!));
        Assert.NotNull(second);
        Assert.Null(await Put("matched", "3", precondition: Precondition.Match(first!)));
        Assert.Equal("2", await Text("matched"));
        Assert.Null(await Put("absent", "1", precondition: Precondition.Match(first!)));
        Assert.Null(await Blobs.Find("absent", Token));
    }

    [Fact]
    public async Task Of_many_that_put_if_absent_at_once_one_wins_whole()
    {
        var etags = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Put("race", new string((char)('a' + i), 100_000), precondition: Precondition.Absent))));

        Assert.Single(etags, e => e is not null);
        Assert.Single((await Text("race")).Distinct());
    }

    [Fact]
    public async Task A_reader_sees_the_old_bytes_or_the_new_never_a_mixture()
    {
        await Put("replaced", new string('0', 200_000));
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i < 10; i++) await Put("replaced", new string((char)('0' + i), 200_000));
        }, Token);
        var seen = new List<string>();
        do seen.Add(await Text("replaced")); while (!writing.IsCompleted);
        await writing;

        Assert.All(seen, text => Assert.True(text.Length == 200_000 && text.Distinct().Count() == 1));
    }

    [Fact]
    public async Task Thirty_megabytes_come_back_as_they_went()
    {
        var bytes = RandomNumberGenerator.GetBytes(30 * 1024 * 1024);
        await Blobs.Put("large", new MemoryStream(bytes), "application/octet-stream", default, Token);

        await using var blob = await Blobs.Open("large", Token);

        Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(blob!.Content, Token));
        Assert.Equal(bytes.Length, blob.Properties.Length);
    }

    [Fact]
    public async Task A_put_that_breaks_off_leaves_what_was_there()
    {
        await Put("kept", "whole");
        await Assert.ThrowsAnyAsync<IOException>(() => Blobs.Put("kept", new Breaking(), "text/plain", default, Token));
        await Assert.ThrowsAnyAsync<IOException>(() => Blobs.Put("never", new Breaking(), "text/plain", default, Token));

        Assert.Equal("whole", await Text("kept"));
        Assert.Null(await Blobs.Find("never", Token));
    }

    [Fact]
    public async Task A_list_holds_what_begins_with_the_prefix_in_ordinal_order()
    {
        foreach (var name in new[] { "list/b", "list/B", "list/a-1", "list/a.1", "list/a/deep", "other" }) await Put(name, name);

        var listed = new List<string>();
        await foreach (var blob in Blobs.List("list/", Token)) listed.Add(blob.Name);
        var partial = new List<string>();
        await foreach (var blob in Blobs.List("list/a", Token)) partial.Add(blob.Name);

        Assert.Equal(["list/B", "list/a-1", "list/a.1", "list/a/deep", "list/b"], listed);
        Assert.Equal(["list/a-1", "list/a.1", "list/a/deep"], partial);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_may_come_again()
    {
        await Put("gone", "1");
        Assert.True(await Blobs.Delete("gone", Token));
        Assert.Null(await Blobs.Find("gone", Token));
        Assert.NotNull(await Put("gone", "2", precondition: Precondition.Absent));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/absolute")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("../up")]
    [InlineData("a/../../up")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a%2fb")]
    [InlineData("ä")]
    [InlineData("a\0b")]
    [InlineData("~types/a")]
    public async Task A_name_of_another_form_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Put(name, "x"));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.Open(name, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.Find(name, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.Delete(name, Token));
    }

    private Task<string?> Put(string name, string text, string type = "text/plain", Precondition precondition = default) =>
        Blobs.Put(name, new MemoryStream(Encoding.UTF8.GetBytes(text)), type, precondition, Token);

    private async Task<string> Text(string name)
    {
        await using var blob = await Blobs.Open(name, Token);
        return await Text(blob!);
    }

    private static async Task<string> Text(BlobContent blob)
    {
        using var reader = new StreamReader(blob.Content, leaveOpen: true);
        return await reader.ReadToEndAsync(Token);
    }

    /// <summary>Gives ten bytes, then fails.</summary>
    private sealed class Breaking : Stream
    {
        private bool _begun;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_begun) throw new IOException("The sender went away.");
            _begun = true;
            buffer.AsSpan(offset, 10).Fill((byte)'x');
            return 10;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
