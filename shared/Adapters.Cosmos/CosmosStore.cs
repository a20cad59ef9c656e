using System.Collections.ObjectModel;
using Azure.Identity;
using Crm.Ports;
using Microsoft.Azure.Cosmos;

namespace Crm.Adapters.Cosmos;

/// <summary>One database of an account. One per process; disposing closes its connections.</summary>
public sealed class CosmosStore : IDisposable
{
    /// <summary>How long a throttled request is tried again before the caller hears of it.</summary>
    public static readonly TimeSpan ThrottlingBudget = TimeSpan.FromSeconds(5);

    private readonly CosmosClient client;
    private readonly string database;

    private CosmosStore(CosmosClient client, string database, TimeProvider clock)
    {
        this.client = client;
        this.database = database;
        Documents = new CosmosDocuments(client.GetDatabase(database), clock);
    }

    public CosmosDocuments Documents { get; }

    /// <param name="account">
    /// A connection string with a key, or the account's https address, which is then opened by the identity of the process.
    /// </param>
    /// <param name="handler">Answers instead of the network.</param>
    /// <exception cref="ArgumentException">The account is neither.</exception>
    public static CosmosStore Open(string account, string database, TimeProvider clock, HttpMessageHandler? handler = null)
    {
        var options = new CosmosClientOptions
        {
            ApplicationName = "Crm",
            MaxRetryAttemptsOnRateLimitedRequests = 9,
            MaxRetryWaitTimeOnRateLimitedRequests = ThrottlingBudget,
        };
        if (handler is not null)
        {
            options.ConnectionMode = ConnectionMode.Gateway;
            options.HttpClientFactory = () => new HttpClient(handler, disposeHandler: false);
        }
        if (account.Contains("AccountKey=", StringComparison.OrdinalIgnoreCase)) return new CosmosStore(new CosmosClient(account, options), database, clock);
        if (!Uri.TryCreate(account, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException("A Cosmos DB account is given by its connection string or its https address.", nameof(account));
        return new CosmosStore(new CosmosClient(account, new DefaultAzureCredential(), options), database, clock);
    }

    /// <summary>Makes the database and every container that is not there; needs a key, an identity may not.</summary>
    /// <exception cref="InvalidOperationException">A container is there with another partition key.</exception>
    /// <exception cref="StoreUnavailableException">The account does not answer.</exception>
    public async Task Create(CancellationToken token)
    {
        try
        {
            Database made = await client.CreateDatabaseIfNotExistsAsync(database, cancellationToken: token);
            foreach (var container in Containers.All)
            {
                var properties = (await made.CreateContainerIfNotExistsAsync(Properties(container), cancellationToken: token)).Resource;
                if (properties.PartitionKeyPath != "/" + container.PartitionProperty)
                    throw new InvalidOperationException($"The container '{container.Name}' has the partition key {properties.PartitionKeyPath}, not /{container.PartitionProperty}.");
            }
        }
        catch (ArgumentException error)
        {
            // The client's own check of the partition key, which names the container's path.
            throw new InvalidOperationException(error.Message, error);
        }
        catch (Exception error) when (Service.IsTransport(error, token))
        {
            throw new StoreUnavailableException("The Cosmos DB account does not answer.", error);
        }
    }

    /// <summary>Removes the database with all that is in it.</summary>
    public Task Remove(CancellationToken token) => client.GetDatabase(database).DeleteAsync(cancellationToken: token);

    public void Dispose() => client.Dispose();

    /// <summary>A container with only the paths that queries ask by in its index, and purging on.</summary>
    public static ContainerProperties Properties(ContainerDefinition container)
    {
        var properties = new ContainerProperties(container.Name, "/" + container.PartitionProperty) { DefaultTimeToLive = -1 };
        var policy = properties.IndexingPolicy;
        policy.IndexingMode = IndexingMode.Consistent;
        policy.ExcludedPaths.Add(new ExcludedPath { Path = "/*" });
        var (inside, across) = (container.Indexes ?? [], container.CrossPartition ?? []);
        string[] paths = [.. new[] { "id", container.PartitionProperty }.Concat(inside.Concat(across).SelectMany(i => i)).Distinct(StringComparer.Ordinal)];
        foreach (var path in paths) policy.IncludedPaths.Add(new IncludedPath { Path = $"/{path}/?" });
        policy.IncludedPaths.Add(new IncludedPath { Path = $"/{StoredItem.Property}/until/?" });

        // One index serves an order and its reverse.
        foreach (var index in inside) policy.CompositeIndexes.Add(Composite([index[^1], "id"]));
        foreach (var index in across) policy.CompositeIndexes.Add(Composite([index[^1], "id", container.PartitionProperty]));
        if (container.PartitionProperty != "id") policy.CompositeIndexes.Add(Composite(["id", container.PartitionProperty]));
        return properties;
    }

    private static Collection<CompositePath> Composite(IEnumerable<string> properties) =>
        [.. properties.Distinct(StringComparer.Ordinal).Select(p => new CompositePath { Path = "/" + p, Order = CompositePathSortOrder.Ascending })];
}
