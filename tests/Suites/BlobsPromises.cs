using System.IO.Pipelines;
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
        Assert.Equal(TimeSpan.Zero, blob.Properties.Written.Offset);
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
    public async Task Of_many_that_replace_one_version_at_once_one_wins()
    {
        var first = await Put("contended", "first");
        var etags = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Put("contended", $"{i}", precondition: Precondition.Match(first!)))));

        Assert.Equal((await Blobs.Find("contended", Token))!.ETag, Assert.Single(etags, e => e is not null));
    }

    [Fact]
    public async Task A_reader_sees_the_old_bytes_or_the_new_never_a_mixture()
    {
        // Each version's type and length tell which it is.
        Task<string?> Version(int i) => Put("replaced", new string((char)('0' + i), 200_000 + i), $"text/{i}");
        await Version(0);
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i < 10; i++) await Version(i);
        }, Token);
        var seen = new List<(string Text, BlobProperties Properties)>();
        do
        {
            await using var blob = await Blobs.Open("replaced", Token);
            seen.Add((await Text(blob!), blob!.Properties));
        }
        while (!writing.IsCompleted);
        await writing;

        Assert.All(seen, version =>
        {
            var i = Assert.Single(version.Text.Distinct()) - '0';
            Assert.Equal((200_000 + i, 200_000L + i, $"text/{i}"), (version.Text.Length, version.Properties.Length, version.Properties.ContentType));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Thirty_megabytes_come_back_as_they_went(bool seekable)
    {
        var bytes = RandomNumberGenerator.GetBytes(30 * 1024 * 1024);
        await using var content = seekable ? new MemoryStream(bytes) : PipeReader.Create(new MemoryStream(bytes)).AsStream();
        await Blobs.Put("large", content, "application/octet-stream", default, Token);

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
    public async Task A_put_that_is_cancelled_leaves_what_was_there()
    {
        await Put("kept", "whole");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Blobs.Put("kept", new MemoryStream("new"u8.ToArray()), "text/plain", default, cancelled.Token));

        Assert.Equal("whole", await Text("kept"));
    }

    [Fact]
    public async Task A_list_holds_what_begins_with_the_prefix_in_ordinal_order()
    {
        foreach (var name in new[] { "list/b", "list/B", "list/a-1", "list/a.1", "list/a/deep", "list/.hidden", "other" }) await Put(name, name);

        var listed = await Names("list/");
        var partial = await Names("list/a");

        Assert.Equal(["list/.hidden", "list/B", "list/a-1", "list/a.1", "list/a/deep", "list/b"], listed);
        Assert.Equal(["list/a-1", "list/a.1", "list/a/deep"], partial);
        Assert.Equal([.. listed, "other"], await Names(""));
        await foreach (var blob in Blobs.List("list/", Token)) Assert.Equal(await Blobs.Find(blob.Name, Token), blob);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("list/../")]
    [InlineData("list//")]
    [InlineData("~types/")]
    public async Task A_list_of_what_no_name_begins_with_is_empty(string prefix)
    {
        await Put("list/a", "a");
        Assert.Empty(await Names(prefix));
    }

    [Fact]
    public async Task A_name_may_have_as_many_as_1024_characters_in_one_segment()
    {
        var (longest, shorter) = (new string('n', 1024), new string('n', 200));
        await Put(longest, "longest");
        await Put(shorter, "shorter");

        Assert.Equal("longest", await Text(longest));
        Assert.Equal([shorter, longest], await Names(""));
        Assert.Equal([longest], await Names(longest[..900]));
        Assert.True(await Blobs.Delete(longest, Token));
        Assert.Equal("shorter", await Text(shorter));
        await Assert.ThrowsAsync<ArgumentException>(() => Put(longest + "n", "x"));
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_may_come_again()
    {
        await Put("gone", "1");
        Assert.True(await Blobs.Delete("gone", Token));
        Assert.Null(await Blobs.Find("gone", Token));
        Assert.Empty(await Names(""));
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

    private async Task<List<string>> Names(string prefix)
    {
        var names = new List<string>();
        await foreach (var blob in Blobs.List(prefix, Token)) names.Add(blob.Name);
        return names;
    }

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
