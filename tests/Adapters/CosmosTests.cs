using Crm.Adapters.Cosmos;
using Crm.Ports;
using Crm.Tests.Suites;
using Crm.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Adapters;

public sealed class CosmosDocumentsTests : DocumentsPromises
{
    protected override async ValueTask<IDocumentsEngine> Open(FakeTimeProvider clock) => await CosmosEngine.Open(clock);
}

public sealed class CosmosFeedTests : FeedPromises
{
    protected override async ValueTask<IDocumentsEngine> Open(FakeTimeProvider clock) => await CosmosEngine.Open(clock);
}

/// <summary>A database of its own, in the account that <c>CRM_TEST_COSMOS</c> names or else in memory; it goes with the test.</summary>
internal sealed class CosmosEngine : IDocumentsEngine
{
    private readonly CosmosStore store;

    private CosmosEngine(CosmosStore store, CosmosGateway gateway) => (this.store, Gateway) = (store, gateway);

    public CosmosGateway Gateway { get; }

    public IDocuments Documents => store.Documents;

    public static async Task<CosmosEngine> Open(TimeProvider clock, bool inMemory = false)
    {
        var gateway = new CosmosGateway();
        var account = inMemory ? null : Environment.GetEnvironmentVariable("CRM_TEST_COSMOS");
        var store = CosmosStore.Open(account ?? CosmosGateway.Account, $"crm-test-{Guid.NewGuid():N}", clock, account is null ? gateway : null);
        await store.Create(TestContext.Current.CancellationToken);
        return new CosmosEngine(store, gateway);
    }

    public async ValueTask DisposeAsync()
    {
        await store.Remove(CancellationToken.None);
        store.Dispose();
        Gateway.Dispose();
    }
}
