using System.Diagnostics;
using System.Text.Json;
using Crm.Adapters.Sqlite;
using Crm.Customers;
using Crm.Kernel;
using Crm.Model;
using Crm.Ports;
using Activity = Crm.Model.Activity;

namespace Crm.Bench.Size;

/// <summary>
/// A data folder with a number of customers as the product would have written them: profile, identity, ten activities each, the
/// rows of the views. The feeds' positions stand at their end, so that a host on this folder has nothing to catch up with.
/// </summary>
internal sealed record LoadedStore(DirectoryInfo Folder, int Customers, IReadOnlyList<string> SomeIds, TimeSpan LoadTime)
{
    private const int Activities = 10;
    private const int AtOnce = 256;
    private const int Remembered = 2_000;

    private static readonly DateTimeOffset s_began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public long Bytes => Folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);

    public static async Task<LoadedStore> FillAsync(DirectoryInfo folder, int customers, TimeProvider clock, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var ids = new List<string>();
        using var store = SqliteStore.Open(folder.FullName, clock);
        var documents = store.Documents;
        var lists = new CustomerLists(documents);
        var step = Math.Max(1, customers / Remembered);
        await Parallel.ForAsync(0, customers, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (n, token) =>
        {
            var customer = SomeCustomer(n);
            if (n % step == 0)
            {
                lock (ids) ids.Add(customer.Id);
            }
            await WriteAsync(documents, lists, customer, n, token);
        });
        await SkipFeedsAsync(documents, cancellation);
        return new LoadedStore(folder, customers, ids, Stopwatch.GetElapsedTime(began));
    }

    /// <summary>Puts the positions of the feeds at their end.</summary>
    public static async Task SkipFeedsAsync(SqliteDocuments documents, CancellationToken cancellation)
    {
        foreach (var (prefix, container) in new[] { ("receipts", Containers.Inbox), ("customers", Containers.Customers) })
            await ReadToTheEndAsync(documents, $"feed.{prefix}.{container}", container, cancellation);
    }

    private static async Task WriteAsync(SqliteDocuments documents, CustomerLists lists, Customer customer, int n, CancellationToken token)
    {
        var writes = new List<DocumentWrite>
        {
            new(CustomerDirectory.KeyOf(customer.Id), JsonSerializer.SerializeToUtf8Bytes(customer, ModelJson.Crm.Customer)),
        };
        for (var a = 0; a < Activities; a++)
        {
            var activity = SomeActivity(customer, n, a);
            writes.Add(new DocumentWrite(new DocumentKey(Containers.Customers, customer.Id, activity.Id), JsonSerializer.SerializeToUtf8Bytes(activity, ModelJson.Crm.Activity)));
        }
        if (await documents.Batch(writes, token) is not BatchOutcome.Written) throw new InvalidOperationException("A batch was refused.");
        await lists.Follow([JsonSerializer.SerializeToElement(customer, ModelJson.Crm.Customer)], token);
        var identity = Identity.Email(customer.Emails[0])!;
        var binding = new IdentityBinding(identity.DocumentId, customer.Id, identity.Type, identity.Value, customer.Name, customer.Source, customer.CreatedAt);
        await documents.Put(new DocumentWrite(CustomerDirectory.KeyOf(identity), JsonSerializer.SerializeToUtf8Bytes(binding, CustomersJson.Crm.IdentityBinding)), token);
    }

    private static async Task ReadToTheEndAsync(SqliteDocuments documents, string lease, string container, CancellationToken token)
    {
        string? position = null;
        while (true)
        {
            var page = await documents.Feed(container, position, Limits.PageSize, token);
            position = page.Continuation;
            if (page.Changes.Count == 0) break;
        }
        await documents.Put(new DocumentWrite(new DocumentKey(Containers.Leases, lease, lease), JsonSerializer.SerializeToUtf8Bytes(new { id = lease, continuation = position })), token);
    }

    public static Customer SomeCustomer(int n)
    {
        var at = s_began.AddSeconds(n * 20L % 20_000_000);
        var id = IdAt(at, n);
        return new Customer
        {
            Id = id,
            CustomerId = id,
            Name = SomeNames.Of(n),
            Emails = [$"{SomeNames.MailOf(n)}@example.org"],
            Tags = n % 10 == 0 ? ["vip"] : [],
            Owner = $"owner-{n % 1_000}",
            Language = n % 7 == 0 ? "zh" : "en",
            CreatedAt = at,
            ChangedAt = at,
            Source = "bench",
        };
    }

    private static Activity SomeActivity(Customer customer, int n, int a)
    {
        var at = customer.CreatedAt.AddHours(a * 7);
        var text = Load.EventTexts.All[(n + a) % Load.EventTexts.All.Count];
        return new Activity
        {
            Id = Ids.Of($"{n}.{a}"),
            CustomerId = customer.Id,
            ConnectionId = "bench",
            ReceiptId = IdAt(at, n),
            Provider = "standard-webhooks",
            ProviderEventId = $"{n}.{a}",
            ProviderEventType = "message.received",
            DedupeKey = $"bench:{n}.{a}",
            Type = "message.received",
            Channel = Channel.Email,
            Direction = a % 2 == 0 ? Direction.Inbound : Direction.Outbound,
            OccurredAt = at,
            ReceivedAt = at,
            TimelineAt = at,
            From = new Party(customer.Emails[0], customer.Name),
            Subject = text.Subject,
            Text = text.Text,
            MappingVersion = 1,
        };
    }

    /// <summary>A time-ordered id that is the same at each load.</summary>
    private static string IdAt(DateTimeOffset at, int n) => string.Concat(Ids.New(new Standing(at)).AsSpan(0, 10), Ids.Of($"customer {n}").AsSpan(0, 16));

    private sealed class Standing(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
