using Crm.Adapters.Blobs;
using Crm.Ports;
using Crm.Tests.Suites;
using Crm.Tests.Support;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Crm.Tests.Adapters;

public sealed class AzureBlobsTests(Azurite azurite) : BlobsPromises, IAsyncLifetime
{
    private IBlobs? _blobs;

    protected override IBlobs Blobs => _blobs!;

    public async ValueTask InitializeAsync() => _blobs = new AzureBlobs(await azurite.ConnectionString(), $"t{Guid.NewGuid():N}");

    [Fact]
    public async Task Many_first_calls_at_once_find_the_container_made()
    {
        var fresh = new AzureBlobs(await azurite.ConnectionString(), $"t{Guid.NewGuid():N}");
        var token = TestContext.Current.CancellationToken;
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 16).Select(i => fresh.Put($"{i}", new MemoryStream(), "text/plain", default, token))), Assert.NotNull);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
