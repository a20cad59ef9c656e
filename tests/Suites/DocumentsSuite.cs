using System.Text.Json.Nodes;
using Crm.Ports;
using Microsoft.Extensions.Time.Testing;

namespace Crm.Tests.Suites;

/// <summary>What every suite over documents needs: an engine of its own per test, a clock, and short ways to write.</summary>
public abstract class DocumentsSuite : IAsyncLifetime
{
    private IDocumentsEngine? engine;

    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    protected IDocuments Documents => engine!.Documents;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => engine = await Open(Clock);

    public async ValueTask DisposeAsync()
    {
        await engine!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract ValueTask<IDocumentsEngine> Open(FakeTimeProvider clock);

    protected static DocumentKey Customer(string customer, string id) => new(Containers.Customers, customer, id);

    protected static DocumentKey Identity(string id) => new(Containers.Identities, id, id);

    protected static DocumentKey Receipt(string id) => new(Containers.Inbox, id, id);

    /// <summary>A body whose id and partition property are the key's, and more.</summary>
    protected static byte[] Body(DocumentKey key, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        var json = new JsonObject { ["id"] = key.Id, [Containers.Named(key.Container).PartitionProperty] = key.Partition };
        foreach (var (name, value) in more) json[name] = value;
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    /// <summary>A body of exactly so many bytes.</summary>
    protected static byte[] BodyOf(DocumentKey key, int bytes) => Body(key, ("text", new string('x', bytes - Body(key, ("text", "")).Length)));

    protected async Task<string> Put(DocumentKey key, params (string Name, JsonNode? Value)[] more) =>
        Assert.IsType<WriteOutcome.Written>(await Documents.Put(new DocumentWrite(key, Body(key, more)), Token)).ETag;

    protected async Task<StoredDocument> Current(DocumentKey key) =>
        Assert.IsType<StoredDocument>(await Documents.Get(key, Token));

    /// <summary>The same JSON; engines may write it differently.</summary>
    protected static void Same(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected.Span), JsonNode.Parse(actual.Span)), System.Text.Encoding.UTF8.GetString(actual.Span));

    protected static string? Text(StoredDocument document, string property) => JsonNode.Parse(document.Json.Span)![property]?.ToString();
}
