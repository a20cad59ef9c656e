using System.Text;
using Crm.Adapters.Files;
using Crm.Ports;
using Crm.Tests.Suites;

namespace Crm.Tests.Adapters;

public sealed class FileBlobsTests : BlobsPromises, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-blobs-");

    public FileBlobsTests() => Blobs = new FileBlobs(_folder.FullName);

    protected override IBlobs Blobs { get; }

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

    public void Dispose() => _folder.Delete(recursive: true);
}
