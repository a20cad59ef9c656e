using Crm.Adapters.Sqlite;
using Crm.EmbeddedHost;
using Crm.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.EmbeddedHost;

/// <summary>A store in a folder of its own, and hosts on it: one after the other, or several at once.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("embedded-host-").FullName;
    private readonly SqliteStore store;

    public TestStore(TestClock? clock = null)
    {
        Clock = clock ?? new();
        store = SqliteStore.Open(folder, Clock);
    }

    public TestClock Clock { get; }

    public IDocuments Documents => store.Documents;

    public SqliteMessages Messages => store.Messages;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="clock">The host's own; by default the store's.</param>
    public Task<TestHost> Host(
        Type[] functions,
        TestClock? clock = null,
        IDocuments? documents = null,
        IMessageReceiver? receiver = null,
        bool signal = true,
        Action<FunctionsOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<Journal>? journal = null) =>
        TestHost.Start(
            functions,
            clock ?? Clock,
            options,
            s =>
            {
                s.AddSingleton(documents ?? store.Documents);
                s.AddSingleton<IMessages>(store.Messages);
                s.AddSingleton(receiver ?? store.Messages);
                if (signal) s.AddSingleton<IWriteSignal>(store.Messages);
                services?.Invoke(s);
            },
            journal: journal);

    public async Task Put(string id) =>
        Assert.IsType<WriteOutcome.Written>(await Documents.Put(new(Key(id), Body(id)), Token));

    public async Task Delete(string id) => Assert.IsType<WriteOutcome.Written>(await Documents.Delete(Key(id), default, Token));

    public Task Send(params string[] bodies) => Messages.Send("work", [.. bodies.Select(b => new OutgoingMessage(b, "id-" + b))], Token).AsTask();

    public Task<QueueDepth> Depth(string queue = "work") => Messages.Depth(queue, Token).AsTask();

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        Directory.Delete(folder, true);
        return ValueTask.CompletedTask;
    }

    private static DocumentKey Key(string id) => new(Containers.Inbox, id, id);

    private static byte[] Body(string id) => System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}""");
}
