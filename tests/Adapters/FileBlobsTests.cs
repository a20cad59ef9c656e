using System.Text;
using Crm.Adapters.Files;
using Crm.Ports;
using Crm.Tests.Suites;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Adapters;

public sealed class FileBlobsTests : BlobsPromises, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-blobs-");
    private readonly FileBlobs _blobs;

    public FileBlobsTests() => _blobs = new FileBlobs(_folder.FullName);

    protected override IBlobs Blobs => _blobs;

    [Fact]
    public async Task A_person_can_open_the_file()
    {
        await Blobs.Put("reports/day.html", new MemoryStream("<p>"u8.ToArray()), "text/html", default, TestContext.Current.CancellationToken);
        Assert.Equal("<p>", await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "reports", "day.html"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_crash_before_the_rename_leaves_the_old_blob_with_its_type_and_no_litter()
    {
        var token = TestContext.Current.CancellationToken;
        await Blobs.Put("a", new MemoryStream("old"u8.ToArray()), "text/old", default, token);
        var etag = (await Blobs.Find("a", token))!.ETag;
        // As a write leaves it that was killed between keeping the type and the rename.
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "~types", "a"), $"ffff-3 text/new\n{etag} text/old\n", token);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "~temporary", "half"), "ne", token);

        var reopened = new FileBlobs(_folder.FullName);

        Assert.Equal("text/old", (await reopened.Find("a", token))!.ContentType);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.FullName, "~temporary")));
        await using var blob = await reopened.Open("a", token);
        using var reader = new StreamReader(blob!.Content, Encoding.UTF8);
        Assert.Equal("old", await reader.ReadToEndAsync(token));
    }

    [Fact]
    public async Task No_version_has_the_etag_of_another_while_the_clock_stands()
    {
        var blobs = new FileBlobs(_folder.FullName, new FakeTimeProvider());
        var etags = new List<string?>();
        for (var i = 0; i < 10; i++)
        {
            etags.Add(await Put(blobs, "a", "x"));
            if (i % 2 == 0) await blobs.Delete("a", TestContext.Current.CancellationToken);
        }
        Assert.Equal(etags.Count, etags.Distinct().Count());
    }

    [Fact]
    public async Task A_version_is_newer_than_the_last_though_the_clock_went_back()
    {
        var token = TestContext.Current.CancellationToken;
        await Put(_blobs, "a", "x");
        var first = (await Blobs.Find("a", token))!;
        var earlier = new FileBlobs(_folder.FullName, new FakeTimeProvider(first.Written.AddDays(-1)));

        var etag = await Put(earlier, "a", "y");

        var second = (await earlier.Find("a", token))!;
        Assert.Equal((etag, "text/plain"), (second.ETag, second.ContentType));
        Assert.True(second.Written > first.Written);
    }

    /// <summary>Endless reading is how this failed, so the limit is there to end it.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_file_that_was_copied_back_with_a_new_time_is_still_a_blob_of_its_type()
    {
        var token = TestContext.Current.CancellationToken;
        await Put(_blobs, "copied", "x");
        File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, "copied"), DateTime.UnixEpoch.AddYears(30));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "placed"), "by hand", token);

        Assert.Equal("text/plain", (await Blobs.Find("copied", token))!.ContentType);
        Assert.Equal("application/octet-stream", (await Blobs.Find("placed", token))!.ContentType);
        Assert.NotNull(await Blobs.Put("copied", new MemoryStream(), "text/html", Precondition.Match((await Blobs.Find("copied", token))!.ETag), token));
    }

    [Fact]
    public async Task A_folder_is_no_blob()
    {
        await Put(_blobs, "a/b", "x");
        Assert.Null(await Blobs.Find("a", TestContext.Current.CancellationToken));
        Assert.False(await Blobs.Delete("a", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whether_written_or_refused_a_put_leaves_no_temporary_file()
    {
        await Put(_blobs, "a", "x");
        Assert.Null(await Blobs.Put("a", new MemoryStream(), "text/plain", Precondition.Absent, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.FullName, "~temporary")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<string?> Put(FileBlobs blobs, string name, string text) =>
        blobs.Put(name, new MemoryStream(Encoding.UTF8.GetBytes(text)), "text/plain", default, TestContext.Current.CancellationToken);
}
