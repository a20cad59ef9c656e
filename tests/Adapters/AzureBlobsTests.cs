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
    public async Task A_store_that_is_not_there_is_unavailable()
    {
        var nowhere = new AzureBlobs($"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:{HostProcess.FreePort()}/a;", "none");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => nowhere.Find("a", TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
